import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { connectSandbox } from './client.ts'
import { etcdArguments } from './components/etcd.ts'
import { componentLogFile, regionFolder, sharedFolder } from './places.ts'
import type { Session } from './session.ts'
import { ensureComponent, notify } from './start.ts'
import { awaitReady } from './wait.ts'

const readyWithinMs = 30_000

/** Starts the one etcd, whose certificates are there, and returns when it answers as healthy. */
export async function startEtcd(session: Session): Promise<void> {
  const { c, record } = session
  const folder = regionFolder(c.paths, sharedFolder)
  const tls = (name: string): string => join(folder, 'tls', name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const start = {
    component: record.etcd,
    folder,
    args: etcdArguments({ folder, port: record.etcd.port, peerPort: record.etcdPeerPort }),
    files: [tls('ca.crt')],
  }
  const started = await ensureComponent(start, session)
  const client = await connectSandbox(
    {
      port: record.etcd.port,
      authorityFile: tls('ca.crt'),
      certificateFile: tls('client.crt'),
      keyFile: tls('client.key'),
    },
    c,
  )
  try {
    await awaitReady(
      {
        component: 'etcd',
        identity: record.etcd.process,
        logFile: componentLogFile(c.paths, { name: 'etcd' }),
        deadlineMs: readyWithinMs,
        check: async () => (await client.request({ method: 'GET', path: '/health' })).status === 200,
      },
      c,
    )
  } finally {
    client.close()
  }
  if (started) notify('ready', start, session)
}
