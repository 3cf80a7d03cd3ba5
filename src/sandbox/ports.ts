import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Failure } from '../failure.ts'

/**
 * Ports are taken from below the range that Linux hands out for outgoing connections (from 32768): a port that is
 * remembered while the sandbox is down is then not borrowed by somebody's download.
 */
const lowest = 20_000
const highest = 32_700

export const loopback = '127.0.0.1'

export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ port, host: loopback, exclusive: true })
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    if (server.listening) {
      server.close()
      await once(server, 'close')
    }
  }
}

/**
 * Chooses `count` free ports. Projects begin at different places, so that two sandboxes rarely meet.
 * @throws Failure `OPERATION` when the range holds too few.
 */
export async function choosePorts(
  count: number,
  input: { seed: string; taken: ReadonlySet<number> },
): Promise<number[]> {
  const span = highest - lowest
  const start = createHash('sha256').update(input.seed).digest().readUInt32BE(0) % span
  const chosen: number[] = []
  for (let step = 0; step < span && chosen.length < count; step += 1) {
    const port = lowest + ((start + step) % span)
    if (!input.taken.has(port) && (await isPortFree(port))) chosen.push(port)
  }
  if (chosen.length === count) return chosen
  throw new Failure(
    'OPERATION',
    `only ${chosen.length} of ${count} ports free from ${lowest} to ${highest}`,
    {
      next: 'stop what occupies them (ss -ltnp shows it) and run iv local up again',
    },
  )
}
