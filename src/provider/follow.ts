import type { JsonObject, WatchEvent } from '../cluster/cluster.ts'
import { Failure, isFailure } from '../failure.ts'
import { readAnswer } from './api.ts'
import type { Located } from './api.ts'
import { numberAt, textAt } from './json.ts'
import type { Session } from './session.ts'

export interface FollowInput {
  located: Located
  live: JsonObject
  timeoutS: number
}

/** Undefined when the object is gone. An answer other than undefined ends the following. */
export type Judge<T> = (object: JsonObject | undefined) => T | undefined

/** A pause before a watch is opened anew, so that a server that closes at once is not asked in a circle. */
const reopenMs = 250

/**
 * Shows an object to `judge`, now and whenever it changes, until it answers or the time is over (undefined).
 * Driven by a watch; when that ends, as they all do, the object is read again and watched from there.
 */
export async function follow<T>(
  session: Session,
  input: FollowInput,
  judge: Judge<T>,
): Promise<T | undefined> {
  const first = judge(input.live)
  if (first !== undefined) return first
  const over = new Failure('TIMEOUT', 'time is over')
  const deadline = session.clock.deadline(input.timeoutS * 1000, over)
  const signal = AbortSignal.any([deadline.signal, session.signal])
  try {
    let live: JsonObject | undefined = input.live
    while (!signal.aborted) {
      const answer: T | undefined = await watchOnce(session, { ...input, live, signal }, judge).catch(ifOver)
      if (answer !== undefined) return answer
      await session.clock.sleep(reopenMs, signal)
      const answered = await readAnswer(session, input.located)
      // A definition that is taken in anew takes the path away for a moment, and not the object.
      if (answered === 'unserved') continue
      live = answered
      const judged = judge(live)
      if (judged !== undefined) return judged
      if (live === undefined) return undefined
    }
  } catch (error) {
    if (error !== over) throw error
  } finally {
    deadline.cancel()
  }
  if (session.signal.aborted) throw session.signal.reason
  return undefined
}

/** An API server that restarts ends a watch like any other end: the reading that follows tells whether it is back. */
function ifOver(error: unknown): undefined {
  if (!isFailure(error) || !error.retryable) throw error
  return undefined
}

interface WatchInput {
  located: Located
  live: JsonObject
  signal: AbortSignal
}

async function watchOnce<T>(session: Session, input: WatchInput, judge: Judge<T>): Promise<T | undefined> {
  const { path, reference } = input.located
  const resourceVersion = textAt(input.live, 'metadata', 'resourceVersion')
  const events = session.cluster.watch(path.slice(0, path.lastIndexOf('/')), {
    signal: input.signal,
    fieldSelector: `metadata.name=${reference.name ?? ''}`,
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  })
  for await (const event of events) {
    const answer = judgeEvent(event, judge)
    if (answer === 'again') return undefined
    if (answer !== undefined) return answer
  }
  return undefined
}

function judgeEvent<T>(event: WatchEvent, judge: Judge<T>): T | 'again' | undefined {
  if (event.type === 'BOOKMARK') return undefined
  // The version to watch from is too old by now (410), or the server is going down: read again.
  if (event.type === 'ERROR') return numberAt(event.object, 'code') === undefined ? undefined : 'again'
  return judge(event.type === 'DELETED' ? undefined : event.object)
}
