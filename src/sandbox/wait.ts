import { readFile } from 'node:fs/promises'
import type { Collaborators } from '../collaborators.ts'
import { Failure, isFailure } from '../failure.ts'
import { poll } from '../poll.ts'
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
  { clock, signal }: Pick<Collaborators, 'clock' | 'signal'>,
): Promise<void> {
  let reason = ''
  const look = async (): Promise<true | undefined> => {
    signal.throwIfAborted()
    const ready = await awaited.check().catch((error: unknown) => {
      if (!isFailure(error)) throw error
      reason = error.message
      return false
    })
    if (ready) return true
    if (awaited.identity && !isAlive(awaited.identity)) throw await endedWhileStarting(awaited)
    return undefined
  }
  if (await poll(look, { clock, signal, everyMs: pollMs, withinMs: awaited.deadlineMs })) return
  const seconds = Math.round(awaited.deadlineMs / 1000)
  throw await notReady(awaited, `was not ready within ${seconds} s${reason ? ` (${reason})` : ''}`)
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
