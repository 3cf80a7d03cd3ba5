import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  kindsOf,
  readSeries,
  type Sync,
  type WrittenSeries,
  writeSeries,
} from '../../campaign/hpa/recording.ts'
import { type PoolName, poolNames } from '../../../src/spec/schema/pool.ts'
import { differences } from './replay.ts'

const file = join(import.meta.dirname, '../../campaign/results/hpa-decisions.json')
const { series: written } = JSON.parse(readFileSync(file, 'utf8')) as { series: WrittenSeries[] }
const recorded = written.map(readSeries)

/** The trigger table of the document: out above the first, in below the second; sessions for each server. */
const bands: Readonly<Record<PoolName, [number, number]>> = {
  sfu: [80, 40],
  asr: [10, 3],
  tts: [10, 3],
  llm: [75, 40],
  evaluation: [50, 10],
  api: [70, 30],
}

/** Of the first metric, in its own unit. */
function valueOf({ readings: [reading] }: Sync): number | undefined {
  if (typeof reading !== 'object') return reading === undefined ? undefined : reading / 1000
  return (100 * reading.usedMilli) / (reading.requestMilli * reading.measured)
}

describe('decisions recorded from kube-controller-manager', () => {
  it('are of all six pools, and of every kind', () => {
    expect(new Set(recorded.map(({ name }) => name.replace(/-\d+$/, '')))).toEqual(new Set(poolNames))
    const { acted, held, limited } = kindsOf(recorded)
    expect(Math.min(acted, held, limited)).toBeGreaterThanOrEqual(50)
    expect(acted + held).toBeGreaterThanOrEqual(200)
  })

  it.each(poolNames)('of %s are at, just above and just below each threshold', (pool) => {
    const syncs = recorded.filter(({ name }) => name.startsWith(pool)).flatMap((series) => series.syncs)
    const seen = new Set(
      syncs
        .map((sync) => {
          const servers = pool === 'sfu' ? sync.count.statusReplicas : 1
          const [out, into] = bands[pool].map((threshold) => threshold * servers)
          const value = valueOf(sync) ?? Number.NaN
          return [value - (out ?? 0), value - (into ?? 0)].map(Math.round)
        })
        .flatMap(([out, into]) => [`out ${out}`, `in ${into}`]),
    )
    for (const off of [-1, 0, 1]) expect(seen).toContain(`out ${off}`)
    for (const off of [-1, 0, 1]) expect(seen).toContain(`in ${off}`)
  })

  // The first series of each pool was at hand when the model was written, the second is for validation only.
  it.each(['1', '2'])('are those of the model: series %s of each pool', (number) => {
    const half = recorded.filter(({ name }) => name.endsWith(`-${number}`))
    expect(half).toHaveLength(poolNames.length)
    const different = half.flatMap(differences)
    const syncs = half.reduce((sum, one) => sum + one.syncs.length, 0)
    expect(different.filter(({ atAnEnd }) => !atAnEnd)).toEqual([])
    expect(different.length / syncs).toBeLessThanOrEqual(0.01)
  })

  it('are written as they were read', () => {
    expect(recorded.map(writeSeries)).toEqual(written)
  })
})
