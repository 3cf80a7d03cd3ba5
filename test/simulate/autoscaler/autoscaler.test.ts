import { describe, expect, it } from 'vitest'
import { paceInOf, paceOut } from '../../../src/platform/rules/scaling-pace.ts'
import {
  Autoscaler,
  type AutoscalerRules,
  type Decision,
} from '../../../src/simulate/autoscaler/autoscaler.ts'
import type { Reading, Usage } from '../../../src/simulate/autoscaler/proposal.ts'

const seconds = 1000
const asr: AutoscalerRules = {
  minReplicas: 5,
  maxReplicas: 30,
  metrics: [{ type: 'Value', milli: 10_000 }],
  scaleUp: { ...paceOut, tolerance: '0' },
  scaleDown: { ...paceInOf('asr'), tolerance: '701m' },
}

const all = (replicas: number): { specReplicas: number; statusReplicas: number; readyPods: number } => ({
  specReplicas: replicas,
  statusReplicas: replicas,
  readyPods: replicas,
})

function first(rules: AutoscalerRules, replicas: number, ...readings: Reading[]): Decision {
  return new Autoscaler(rules).sync(0, all(replicas), readings)
}

/** The same reading every 15 s: what the pool has after each. */
function course(rules: AutoscalerRules, start: number, queues: readonly (number | undefined)[]): number[] {
  const autoscaler = new Autoscaler(rules)
  let replicas = start
  return queues.map((queue, index) => {
    const readings = [queue === undefined ? undefined : queue * 1000]
    replicas = autoscaler.sync(index * 15 * seconds, all(replicas), readings).replicas
    return replicas
  })
}

describe('Autoscaler', () => {
  it.each([
    [3, 8],
    [4, 8],
    [10, 8],
    [11, 9],
    [100, 16],
  ])('with a queue of %d and 8 replicas has %d next', (queue, expected) => {
    expect(first(asr, 8, queue * 1000).replicas).toBe(expected)
  })

  it('says what keeps it from following its metrics', () => {
    expect(first(asr, 8, 100_000)).toEqual({ replicas: 16, proposed: 80, limit: 'ScaleUpLimit' })
    expect(first(asr, 20, 100_000)).toEqual({ replicas: 30, proposed: 200, limit: 'TooManyReplicas' })
  })

  it('shrinks after five minutes below the band, a tenth a minute, and never below its minimum', () => {
    const replicas = course(
      asr,
      8,
      Array.from({ length: 60 }, () => 1),
    )
    expect(replicas.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 8))
    expect(replicas.slice(20)).toEqual([7, 7, 7, 7, 6, 6, 6, 6, 5, ...Array.from({ length: 31 }, () => 5)])
  })

  it('goes on growing while each quarter of a minute allows it', () => {
    expect(course(asr, 5, [50, 100, 100])).toEqual([10, 20, 30])
  })

  it('holds where its metric cannot be read, and remembers nothing of that', () => {
    expect(course(asr, 8, [undefined, 11, undefined])).toEqual([8, 9, 9])
  })

  it('grows on one readable metric of two, and does not shrink on it', () => {
    const both: AutoscalerRules = { ...asr, metrics: [...asr.metrics, { type: 'Value', milli: 75_000 }] }
    expect(first(both, 8, 20_000, undefined)).toMatchObject({ replicas: 16 })
    expect(first(both, 8, 1000, undefined)).toEqual({ replicas: 8, proposed: undefined, limit: undefined })
    expect(first(both, 8, 1000, 150_000)).toMatchObject({ proposed: 16 })
  })

  it('divides an average by the replicas that there are, and adds for what is over', () => {
    const sfu: AutoscalerRules = {
      ...asr,
      minReplicas: 3,
      metrics: [{ type: 'AverageValue', milli: 80_000 }],
      scaleDown: { ...paceInOf('sfu'), tolerance: '500m' },
    }
    expect(first(sfu, 4, 320_000).replicas).toBe(4)
    expect(first(sfu, 4, 321_000).replicas).toBe(5)
    expect(first(sfu, 4, 160_000)).toMatchObject({ proposed: 4 })
    expect(first(sfu, 4, 159_000)).toMatchObject({ proposed: 2 })
  })

  it('leaves a pool of none alone, and brings one out of bounds back at once', () => {
    expect(first(asr, 0, 100_000).replicas).toBe(0)
    expect(first(asr, 3, 5000).replicas).toBe(5)
    expect(first(asr, 40, 5000).replicas).toBe(30)
  })

  it('does not move in a direction that is switched off, and takes the smaller of two policies if told so', () => {
    const off: AutoscalerRules = { ...asr, scaleUp: { ...asr.scaleUp, selectPolicy: 'Disabled' } }
    expect(first(off, 8, 100_000).replicas).toBe(8)
    const careful: AutoscalerRules = { ...asr, scaleUp: { ...asr.scaleUp, selectPolicy: 'Min' } }
    expect(first(careful, 8, 100_000).replicas).toBe(12)
  })

  it('waits on the way out for as long as its up window says', () => {
    const slow: AutoscalerRules = { ...asr, scaleUp: { ...asr.scaleUp, stabilizationWindowSeconds: 30 } }
    expect(course(slow, 8, [20, 20, 20, 20])).toEqual([8, 8, 16, 16])
  })

  it('counts in a period what was changed in the other direction', () => {
    const quick: AutoscalerRules = {
      ...asr,
      scaleDown: { ...asr.scaleDown, stabilizationWindowSeconds: 0 },
    }
    // 8 grow to 12; in the same minute the tenth and the four that were just added may go.
    expect(course(quick, 8, [15, 2])).toEqual([12, 7])
  })
})

describe('on the use of CPU', () => {
  const api: AutoscalerRules = {
    ...asr,
    minReplicas: 3,
    metrics: [{ type: 'Utilization', percent: 70 }],
    scaleDown: { ...paceInOf('api'), stabilizationWindowSeconds: 0, tolerance: '572m' },
  }
  const usage = (percent: number, pods: Partial<Usage>): Usage => {
    const measured = pods.measured ?? 0
    return {
      requestMilli: 1000,
      usedMilli: percent * 10 * measured,
      measured,
      missing: 0,
      unready: 0,
      ...pods,
    }
  }

  it.each([
    ['at the upper threshold', usage(70, { measured: 10 }), 10],
    ['just above it, in whole percent', usage(71, { measured: 10 }), 11],
    ['at the lower threshold', usage(30, { measured: 10 }), 10],
    ['just below it', usage(29, { measured: 10 }), 5],
    ['with pods that only start, which count as idle', usage(140, { measured: 5, unready: 5 }), 10],
    ['with pods that only start, and enough load for more', usage(200, { measured: 5, unready: 5 }), 15],
    [
      'with unmeasured pods, which count as full before it shrinks',
      usage(20, { measured: 5, missing: 5 }),
      10,
    ],
    [
      'with unmeasured pods, which count as idle before it grows',
      usage(100, { measured: 8, missing: 2 }),
      12,
    ],
    ['with unmeasured pods at its target', usage(70, { measured: 5, missing: 5 }), 10],
  ])('%s', (_, reading, expected) => {
    expect(first(api, 10, reading)).toMatchObject({ proposed: expected })
  })

  it('without any measured pod, or with a quantity, knows nothing', () => {
    expect(first(api, 10, usage(0, { missing: 10 })).proposed).toBeUndefined()
    expect(first(api, 10, 5000).proposed).toBeUndefined()
    expect(first(asr, 10, usage(50, { measured: 10 })).proposed).toBeUndefined()
  })
})
