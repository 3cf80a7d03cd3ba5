import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { poll } from '../poll.ts'
import { isAlive, type ProcessIdentity } from '../process/identity.ts'

const pollMs = 25
/** The data is throw-away and etcd is stopped last: nothing is lost by not waiting longer for a clean end. */
const politeMs = 4000
const forcedMs = 5000

/**
 * Ends processes: SIGTERM, then SIGKILL after a deadline. Never signals a process that merely inherited the
 * number. Not interruptible: it is over in seconds, and half of it would be worse than waiting.
 * @throws Failure `OPERATION` naming those that survive SIGKILL.
 */
export async function stopProcesses(
  identities: readonly ProcessIdentity[],
  c: Pick<Collaborators, 'clock'>,
): Promise<void> {
  let left = await signalAll(identities, 'SIGTERM', { c, deadlineMs: politeMs })
  left = await signalAll(left, 'SIGKILL', { c, deadlineMs: forcedMs })
  if (left.length > 0) {
    const pids = left.map((identity) => identity.pid).join(', ')
    throw new Failure('OPERATION', `could not stop process ${pids}`, {
      next: `look at it with: ps -fp ${pids}`,
    })
  }
}

/** @returns those that still live at the deadline. */
async function signalAll(
  identities: readonly ProcessIdentity[],
  signal: NodeJS.Signals,
  { c, deadlineMs }: { c: Pick<Collaborators, 'clock'>; deadlineMs: number },
): Promise<ProcessIdentity[]> {
  let left = identities.filter(isAlive)
  for (const { pid } of left) kill(pid, signal)
  const look = (): true | undefined => {
    left = left.filter(isAlive)
    return left.length === 0 || undefined
  }
  await poll(look, { clock: c.clock, everyMs: pollMs, withinMs: deadlineMs })
  return left
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
