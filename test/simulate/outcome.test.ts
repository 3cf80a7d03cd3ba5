import { describe, expect, it } from 'vitest'
import { judge } from '../../src/simulate/criteria/judge.ts'
import { newMeasures } from '../../src/simulate/model/measures.ts'
import { Duration } from '../../src/units/duration.ts'
import { outcome } from './support.ts'

/** A run takes a fraction of a second on a quiet machine. */
const patience = { timeout: 30_000 }

describe('a run', patience, () => {
  it('is the same for the same seed, event by event, and another for another', async () => {
    const runs = await Promise.all(
      [1, 1, 2].map((seed) => outcome('sfu_crash', { seed, set: ['scenario.until=6m'] })),
    )
    expect(runs[0]).toEqual(runs[1])
    expect(runs[2]?.digest).not.toBe(runs[0]?.digest)
  })

  it('brings every interview of a crashed server back, at the document’s pace', async () => {
    const run = await outcome('sfu_crash')
    const resume = run.percentiles.find(({ name }) => name === 'session-resume')
    expect(resume?.samples).toBeGreaterThan(10)
    expect(resume?.p50).toBeGreaterThan(20_000)
    expect(resume?.max).toBeLessThan(60_000)
    expect(run.criteria.filter(({ verdict }) => verdict === 'fail').map(({ metric }) => metric)).toEqual([])
    expect(run.safety.map(({ verdict }) => verdict)).not.toContain('fail')
  })

  it('is stopped by an abort condition, and has failed', async () => {
    const set = ['scenario.abort=[{ text: enough, metric: notifications-undelivered, above: 0 }]']
    const run = await outcome('sfu_crash', { set })
    expect([run.verdict, run.abortedBy]).toEqual(['fail', 'enough'])
    expect(run.virtualMs).toBeLessThan(310_000)
  })
})

describe('a criterion', () => {
  const criterion = {
    text: 'Resume',
    metric: 'session-resume',
    is: 'atMost',
    duration: Duration.seconds(60),
    minimumSamples: 2,
  } as const

  it('is unknown without enough samples, whatever they say', () => {
    const measures = newMeasures()
    expect(judge(criterion, measures)).toMatchObject({ verdict: 'unknown', actual: null, samples: 0 })
    measures.times['session-resume'].add(1000)
    expect(judge(criterion, measures).verdict).toBe('unknown')
    measures.times['session-resume'].add(1000)
    expect(judge(criterion, measures).verdict).toBe('pass')
  })

  it('counts what never ended as the worst of all', () => {
    const measures = newMeasures()
    for (let count = 0; count < 99; count += 1) measures.times['session-resume'].add(1000)
    measures.endless['session-resume'] = 1
    expect(judge(criterion, measures)).toMatchObject({ verdict: 'fail', actual: 'endless', samples: 100 })
    expect(judge({ ...criterion, metric: 'session-resume-p99' }, measures).verdict).toBe('pass')
  })
})

describe('the loss of a region', patience, () => {
  it('keeps every promise with the defaults, and what is safe stays safe', async () => {
    const run = await outcome('region_failover')
    expect(run.criteria.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ['dns-failover', 'pass'],
      ['session-resume', 'pass'],
      ['data-loss', 'pass'],
      ['notifications-undelivered', 'pass'],
    ])
    expect(run.safety.map(({ verdict }) => verdict)).not.toContain('fail')
  })

  it('loses what was acknowledged once commits no longer wait for the standby, and says how much', async () => {
    const faults =
      '[{ at: 4m, action: cut, target: us-east->us-west }, { at: 5m, action: lose, target: us-east }]'
    const run = await outcome('region_failover', { set: [`scenario.faults=${faults}`] })
    const loss = run.criteria.find(({ metric }) => metric === 'data-loss')
    expect(loss?.verdict).toBe('fail')
    expect(loss?.actual).toBeLessThanOrEqual(60_000)
    // The promise held only while replication was synchronous, and then it was kept.
    expect(run.safety.find(({ check }) => check === 'acknowledged-lost')?.verdict).toBe('pass')
  })

  it('breaks what the document promises with the document’s own numbers', async () => {
    const run = await outcome('region_failover', { preset: 'literal' })
    expect(run.criteria.map(({ verdict }) => verdict)).toEqual(['fail', 'fail', 'fail', 'pass'])
  })
})

describe('safety', patience, () => {
  it('catches a server that leaves with interviews on it, with the document’s drain of 30 s', async () => {
    const set = ['scenario.interviews=300', 'scenario.regions=[us-east, us-west]', 'scenario.homes=[us-east]']
    const evening = [
      '{from: 0s, until: 1m, startInterviews: 300, endInterviews: 300}',
      '{from: 1m, until: 2m, startInterviews: 300, endInterviews: 60}',
      '{from: 2m, until: 20m, startInterviews: 60, endInterviews: 60}',
    ]
    const few = [
      'pools.sfu.instances.minimum=1',
      `scenario.ramp=[${evening.join(', ')}]`,
      'scenario.until=20m',
    ]
    const literal = await outcome('scale_in', { preset: 'literal', set: [...set, ...few] })
    const defaults = await outcome('scale_in', { set: [...set, ...few] })
    const cut = (run: typeof literal) => run.safety.find(({ check }) => check === 'ended-by-scale-in')
    expect([cut(literal)?.verdict, cut(defaults)?.verdict]).toEqual(['fail', 'pass'])
  })
})
