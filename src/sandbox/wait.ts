import { readFile } from 'node:fs/promises'
import type { Collaborators } from '../collaborators.ts'
import { Failure, isFailure } from '../failure.ts'
import { isAlive, type ProcessIdentity } from '../process/identity.ts'

const pollMs = 50

export interface Awaited {
  component: string
  region?: string | undefined
  /** Whose end means that waiting is pointless. */
  identity?: ProcessIdentity | undefined
  logFile: string
  deadlineMs: number
  /** True once ready; a `Failure` that it throws counts as "not yet" and is quoted at the deadline. */
  check: () => Promise<boolean>
}

/**
 * Polls until a component is ready.
 * @throws Failure `OPERATION` with the last line of its log when it ends or the deadline passes; the signal's
 * reason when aborted.
 */
export async function awaitReady(
  awaited: Awaited,
  c: Pick<Collaborators, 'clock' | 'signal'>,
): Promise<void> {
  const end = c.clock.monotonicMs() + awaited.deadlineMs
  let reason = ''
  for (;;) {
    c.signal.throwIfAborted()
    const ready = await awaited.check().catch((error: unknown) => {
      if (!isFailure(error)) throw error
      reason = error.message
      return false
    })
    if (ready) return
    if (awaited.identity && !isAlive(awaited.identity)) throw await endedWhileStarting(awaited)
    if (c.clock.monotonicMs() >= end) {
      const seconds = Math.round(awaited.deadlineMs / 1000)
      throw await notReady(awaited, `was not ready within ${seconds} s${reason ? ` (${reason})` : ''}`)
    }
    await c.clock.sleep(pollMs, c.signal)
  }
}

type Place = Pick<Awaited, 'component' | 'region' | 'logFile'>

export async function endedWhileStarting(place: Place): Promise<Failure> {
  return notReady(place, 'ended while starting')
}

async function notReady(awaited: Place, what: string): Promise<Failure> {
  const line = await lastLine(awaited.logFile)
  const where = awaited.region === undefined ? '' : ` of ${awaited.region}`
  return new Failure('OPERATION', `${awaited.component}${where} ${what}${line ? `: ${line}` : ''}`, {
    ...(awaited.region === undefined ? {} : { region: awaited.region }),
    next: `read ${awaited.logFile}, then run iv local up again`,
  })
}

async function lastLine(file: string): Promise<string> {
  const content = await readFile(file, 'utf8').catch(() => '')
  return content.trimEnd().split('\n').at(-1)?.slice(0, 500) ?? ''
}
