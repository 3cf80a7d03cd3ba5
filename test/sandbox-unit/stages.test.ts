import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { loadPlatform } from '../../src/spec/load.ts'
import { poolNames } from '../../src/spec/schema/pool.ts'
import { workloadNames } from '../../src/spec/schema/workload.ts'
import { type WorkName, workOf } from '../../src/platform/work.ts'
import { renderKwokConfiguration, simulateStartups } from '../../src/sandbox/stages.ts'
import { testCollaborators } from '../support/collaborators.ts'

const c = testCollaborators('/nowhere')

interface RenderedStage {
  kind: string
  metadata: { name: string }
  spec: {
    selector: {
      matchLabels?: Record<string, string>
      matchExpressions: { key: string; operator: string; values?: string[] }[]
    }
    delay?: { durationMilliseconds: number }
  }
}

async function render(timeScale: number): Promise<RenderedStage[]> {
  const platform = await loadPlatform({ environment: 'local' }, c)
  const text = await renderKwokConfiguration(c.paths, simulateStartups(platform, timeScale))
  return parseAllDocuments(text).map((document) => document.toJS() as RenderedStage)
}

/** Names of the ready stages that a pod with this pool label would match. */
function readyStagesFor(stages: readonly RenderedStage[], pool: string | undefined): string[] {
  const key = '.metadata.labels["iv.dev/pool"]'
  return stages
    .filter(({ metadata }) => metadata.name.startsWith('pod-ready'))
    .filter(({ spec: { selector } }) => {
      const label = selector.matchLabels?.['iv.dev/pool']
      const excluded = selector.matchExpressions.find((expression) => expression.key === key)?.values ?? []
      return (label === undefined || label === pool) && (pool === undefined || !excluded.includes(pool))
    })
    .map(({ metadata }) => metadata.name)
}

test('every pod has exactly one stage that makes it ready', async () => {
  const stages = await render(60)
  for (const pool of [...poolNames, ...workloadNames])
    expect(readyStagesFor(stages, pool)).toEqual([`pod-ready-${pool}`])
  expect(readyStagesFor(stages, undefined)).toEqual(['pod-ready-other'])
  expect(readyStagesFor(stages, 'nobody')).toEqual(['pod-ready-other'])
})

test('kwok gets its options and every kind of stage that it cannot do without', async () => {
  const [options, ...stages] = await render(60)
  expect(options?.kind).toBe('KwokConfiguration')
  expect(stages.every(({ kind }) => kind === 'Stage')).toBe(true)
  expect(stages.map(({ metadata }) => metadata.name)).toEqual(
    expect.arrayContaining(['node-initialize', 'node-heartbeat', 'pod-start', 'pod-complete', 'pod-delete']),
  )
})

test("the delay of a pool is the specification's start-up time divided by the time scale, never nothing", async () => {
  const platform = await loadPlatform({ environment: 'local' }, c)
  const scales = fc.integer({ min: 1, max: 10_000_000 })
  fc.assert(
    fc.property(scales, (scale) => {
      for (const { pool, simulatedMs, specified } of simulateStartups(platform, scale)) {
        const { startup } = workOf(platform.specification, pool as WorkName)
        expect(specified).toBe(startup.toString())
        expect(simulatedMs).toBeGreaterThanOrEqual(1)
        expect(Math.abs(simulatedMs - startup.ms / scale)).toBeLessThanOrEqual(1)
      }
    }),
  )
})
