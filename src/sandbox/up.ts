import { mkdir } from 'node:fs/promises'
import type { Collaborators } from '../collaborators.ts'
import { planNodes } from '../platform/nodes.ts'
import type { Report } from '../report/report.ts'
import type { Platform } from '../spec/platform.ts'
import { makeToolchain } from '../toolchain/locate.ts'
import type { Toolchain } from '../toolchain/toolchain.ts'
import { ensureEtcdCertificates } from './certificate-set.ts'
import { connectSandbox } from './client.ts'
import { etcdArguments } from './components/etcd.ts'
import { ensureRoom } from './files.ts'
import { writeSandboxKubeconfig } from './kubeconfig.ts'
import { stopLeftovers } from './leftovers.ts'
import { withSandboxLock } from './lock.ts'
import { componentLogFile, regionFolder, sandboxFolder, sharedFolder } from './places.ts'
import { choosePorts } from './ports.ts'
import { readSandbox } from './read.ts'
import { allComponents, regionComponents, type SandboxRecord } from './record.ts'
import { prepareRegion, startRegion } from './region-up.ts'
import { openSession, sandboxTools, type Session } from './session.ts'
import { renderKwokConfiguration, simulateStartups } from './stages.ts'
import { ensureComponent, notify } from './start.ts'
import { type LocalData, observeSandbox } from './status.ts'
import { awaitReady } from './wait.ts'

export interface LocalUpInput {
  platform: Platform
  regions: readonly string[]
  /** Divides the specification's start-up times; undefined keeps what the sandbox has, 60 for a new one. */
  timeScale?: number | undefined
}

export type SandboxCollaborators = Collaborators & { toolchain?: Toolchain }

export const defaultTimeScale = 60
const etcdReadyWithinMs = 30_000

/**
 * Brings the control planes of the regions and their simulated nodes up and returns when everything is ready.
 * What runs already and is as it should be is left alone, so calling it again repairs and never harms.
 * @throws Failure `OPERATION` (missing program, port in use, no room, component that does not start), `LOCKED`.
 */
export async function localUp(input: LocalUpInput, c: SandboxCollaborators): Promise<Report<LocalData>> {
  await ensureRoom(sandboxFolder(c.paths))
  const tools = await (c.toolchain ?? makeToolchain(c)).ensure(sandboxTools)
  await withSandboxLock('iv local up', c, async () => {
    const record = await planRecord(input, c)
    const session = openSession({ c, record, tools })
    await stopLeftovers(record, c)
    await session.save()
    await startAll(input, session)
  })
  return { kind: 'LocalStatus', data: await observeSandbox(c), environment: 'local', regions: input.regions }
}

async function startAll(input: LocalUpInput, session: Session): Promise<void> {
  const { c, record } = session
  const kwokConfiguration = await renderKwokConfiguration(c.paths, record.startups)
  const ups = record.regions
    .filter(({ name }) => input.regions.includes(name))
    .map((region) => ({ region, nodes: planNodes(input.platform, region.name), kwokConfiguration }))
  await ensureEtcdCertificates(regionFolder(c.paths, sharedFolder), c)
  const etcd = startEtcd(session)
  const prepared = ups.map((up) => prepareRegion(up, session))
  await Promise.all([etcd, ...prepared])
  await writeSandboxKubeconfig(
    c.paths,
    ups.map(({ region }) => region),
  )
  await settleAll(ups.map((up) => startRegion(up, session)))
}

/** Lets every region come to its end before the first failure is thrown: none goes on in the background. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function startEtcd(session: Session): Promise<void> {
  const { c, record } = session
  const folder = regionFolder(c.paths, sharedFolder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const start = {
    component: record.etcd,
    folder,
    args: etcdArguments({ folder, port: record.etcd.port, peerPort: record.etcdPeerPort }),
    files: [`${folder}/tls/ca.crt`],
  }
  const started = await ensureComponent(start, session)
  const client = await connectSandbox({
    port: record.etcd.port,
    authorityFile: `${folder}/tls/ca.crt`,
    certificateFile: `${folder}/tls/client.crt`,
    keyFile: `${folder}/tls/client.key`,
  })
  try {
    await awaitReady(
      {
        component: 'etcd',
        identity: record.etcd.process,
        logFile: componentLogFile(c.paths, { name: 'etcd' }),
        deadlineMs: etcdReadyWithinMs,
        check: async () => (await client.send({ method: 'GET', path: '/health' })).status === 200,
      },
      c,
    )
  } finally {
    client.close()
  }
  if (started) notify('ready', start, session)
}

/** The record that this call aims at: known regions keep their ports and number, new ones get theirs. */
async function planRecord(input: LocalUpInput, c: Collaborators): Promise<SandboxRecord> {
  const known = await readSandbox(c.paths)
  const timeScale = Math.max(1, input.timeScale ?? known?.timeScale ?? defaultTimeScale)
  const startups = simulateStartups(input.platform, timeScale)
  const taken = new Set(
    known ? [known.etcdPeerPort, ...allComponents(known).map(({ component }) => component.port)] : [],
  )
  const added = input.regions.filter((name) => !known?.regions.some((region) => region.name === name))
  const ports = await choosePorts((known ? 0 : 2) + added.length * regionComponents.length, {
    seed: sandboxFolder(c.paths),
    taken,
  })
  const next = (): number => ports.shift() ?? 0
  const record: SandboxRecord = known
    ? { ...known, timeScale, startups }
    : {
        version: 1,
        timeScale,
        startups,
        etcd: { name: 'etcd', port: next() },
        etcdPeerPort: next(),
        regions: [],
      }
  for (const name of added) {
    const index = Math.max(-1, ...record.regions.map((region) => region.index)) + 1
    record.regions.push({
      name,
      index,
      components: regionComponents.map((component) => ({ name: component, port: next() })),
    })
  }
  return record
}
