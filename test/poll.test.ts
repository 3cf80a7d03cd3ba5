import { expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { poll } from '../src/poll.ts'

/** A clock whose time passes only while somebody sleeps. */
function sleeper() {
  let nowMs = 0
  return {
    ...systemClock,
    monotonicMs: () => nowMs,
    sleep: (ms: number, signal?: AbortSignal) => {
      nowMs += ms
      return signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve()
    },
  }
}

test('the first answer ends the asking, and an answer that is false is one', async () => {
  const answers = [undefined, undefined, false, true]
  expect(await poll(() => answers.shift(), { clock: sleeper(), everyMs: 10 })).toBe(false)
  expect(answers).toEqual([true])
})

test('without an answer it ends at the deadline, having asked at the start and at the end', async () => {
  const clock = sleeper()
  const asked: number[] = []
  const ask = (): undefined => void asked.push(clock.monotonicMs())
  expect(await poll(ask, { clock, everyMs: 40, withinMs: 100 })).toBeUndefined()
  expect(asked).toEqual([0, 40, 80, 120])
})

test('a deadline of nothing still asks once', async () => {
  expect(await poll(() => Promise.resolve('here'), { clock: sleeper(), everyMs: 40, withinMs: 0 })).toBe(
    'here',
  )
})

test('an abort ends the wait with its reason, a failing question with its own', async () => {
  const reason = new Error('enough')
  const options = { clock: sleeper(), everyMs: 10 }
  await expect(poll(() => undefined, { ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  await expect(poll(() => Promise.reject(reason), options)).rejects.toBe(reason)
})
