import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { poll } from '../poll.ts'
import { sandboxFolder } from './places.ts'

type LockCollaborators = Pick<Collaborators, 'clock' | 'host' | 'paths' | 'signal'>

const pollMs = 100
/** A cold start of three regions on a slow machine takes about this long; longer means that something hangs. */
const patienceMs = 180_000

/**
 * Runs `work` while no other command changes the same sandbox. The lock is a socket in Linux's abstract namespace:
 * the kernel takes it back when its holder dies, so there is no stale lock to break.
 * @throws Failure `LOCKED` naming the holder when it does not come free in time.
 */
export async function withSandboxLock<T>(
  purpose: string,
  c: LockCollaborators,
  work: () => Promise<T>,
): Promise<T> {
  const server = await acquire(purpose, c)
  try {
    return await work()
  } finally {
    server.close()
  }
}

async function acquire(purpose: string, c: LockCollaborators): Promise<Server> {
  const name = lockName(sandboxFolder(c.paths))
  const { clock, signal } = c
  let holder: string | undefined
  const attempt = async (): Promise<Server | undefined> => {
    const server = await tryLock(name, `${purpose} (process ${process.pid})`)
    if (server) return server
    const isFirst = holder === undefined
    holder = await askHolder(name)
    if (isFirst) c.host.notify('local.waiting', { holder })
    return undefined
  }
  const server = await poll(attempt, { clock, signal, everyMs: pollMs, withinMs: patienceMs })
  if (server) return server
  throw new Failure('LOCKED', `the sandbox is held by ${holder}`, {
    retryable: true,
    next: 'wait for it, or stop that process',
  })
}

function lockName(folder: string): string {
  return `\0iv-sandbox-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`
}

async function tryLock(name: string, holder: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.end(holder)
  })
  try {
    server.listen(name)
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
  server.unref()
  return server
}

async function askHolder(name: string): Promise<string> {
  const socket = connect(name)
  socket.setTimeout(1000, () => socket.destroy())
  return text(socket).then(
    (holder) => holder || 'another command',
    () => 'another command',
  )
}
