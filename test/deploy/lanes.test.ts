import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inLanes } from '../../src/deploy/lanes.ts'
import { verdictOf } from '../../src/deploy/verdict.ts'
import { type FailureCode, strongest } from '../../src/exit-codes.ts'
import { Failure } from '../../src/failure.ts'

const regions = ['us-west', 'eu-west', 'us-east']
const signal = new AbortController().signal

function failing(...names: string[]) {
  return (region: string): Promise<string> =>
    names.includes(region)
      ? Promise.reject(new Failure('OPERATION', `${region} is down`, { next: 'wait' }))
      : Promise.resolve(region)
}

const statuses = (settled: readonly { status: string }[]): string[] => settled.map(({ status }) => status)

test('halt begins no region after a failed one; continue begins all', async () => {
  const input = { regions, parallel: 1, signal }
  expect(statuses(await inLanes({ ...input, halt: true }, failing('eu-west')))).toEqual([
    'done',
    'failed',
    'skipped',
  ])
  expect(statuses(await inLanes({ ...input, halt: false }, failing('eu-west')))).toEqual([
    'done',
    'failed',
    'done',
  ])
})

test('an aborted run begins nothing more', async () => {
  const controller = new AbortController()
  const work = (region: string): Promise<string> => {
    controller.abort()
    return Promise.resolve(region)
  }
  const settled = await inLanes({ regions, parallel: 1, halt: false, signal: controller.signal }, work)
  expect(statuses(settled)).toEqual(['done', 'skipped', 'skipped'])
})

test('anything thrown is an end of its region, never of the run', async () => {
  const settled = await inLanes({ regions: ['us-east'], parallel: 1, halt: true, signal }, () =>
    Promise.reject(new TypeError('oops')),
  )
  expect(settled).toMatchObject([{ status: 'failed', failure: { code: 'INTERNAL' } }])
})

test('never more at once than allowed, every region once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string(), { maxLength: 8 }),
      fc.integer({ min: 1, max: 5 }),
      async (names, parallel) => {
        let now = 0
        let most = 0
        const begun: string[] = []
        const settled = await inLanes({ regions: names, parallel, halt: true, signal }, async (region) => {
          begun.push(region)
          most = Math.max(most, (now += 1))
          await Promise.resolve()
          now -= 1
        })
        expect(most).toBeLessThanOrEqual(parallel)
        expect(begun).toEqual(names)
        expect(settled.map(({ region }) => region)).toEqual(names)
      },
    ),
  )
})

describe('the verdict', () => {
  const failed = (region: string, code: FailureCode) =>
    ({
      region,
      status: 'failed',
      failure: new Failure(code, `${region} broke`, { next: 'wait', retryable: true }),
    }) as const
  const done = (region: string) => ({ region, status: 'done' }) as const

  test('all done is OK', () => {
    expect(verdictOf([done('a'), done('b')], { verb: 'deployed', signal })).toEqual({ outcome: 'OK' })
  })

  test('some done is partial and says what is where', () => {
    const ends = [done('a'), failed('b', 'OPERATION'), { region: 'c', status: 'skipped' }] as const
    const { outcome, error } = verdictOf(ends, { verb: 'deployed', signal })
    expect(outcome).toBe('PARTIAL')
    expect(error).toMatchObject({ code: 'PARTIAL', region: 'b', next: 'wait', retryable: true })
    expect(error?.message).toBe('b: b broke; deployed: a; not begun: c')
  })

  test('a run that was stopped between regions is not OK', () => {
    const stopped = AbortSignal.abort(new Failure('TIMEOUT', 'not done after 1s'))
    const end = { region: 'a', status: 'skipped' } as const
    expect(verdictOf([end], { verb: 'deployed', signal: stopped }).outcome).toBe('TIMEOUT')
    expect(verdictOf([done('b'), end], { verb: 'deployed', signal: stopped }).outcome).toBe('PARTIAL')
  })

  test('one region alone keeps its own failure', () => {
    const end = failed('a', 'AUTH')
    expect(verdictOf([end], { verb: 'deployed', signal })).toEqual({ outcome: 'AUTH', error: end.failure })
  })

  test('none done is the strongest of the failures', () => {
    expect(
      verdictOf([failed('a', 'AUTH'), failed('b', 'OPERATION')], { verb: 'deployed', signal }).outcome,
    ).toBe(strongest(['AUTH', 'OPERATION']))
  })
})
