import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planRegion } from '../../src/platform/plan.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { testCollaborators } from '../support/collaborators.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'examples')

describe('the examples', () => {
  test('load and can be planned, every region of them', async () => {
    const files = await readdir(folder)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const platform = await loadPlatform(
        { file: join(folder, file), environment: 'local' },
        testCollaborators(folder),
      )
      for (const region of Object.keys(platform.specification.regions)) {
        expect(planRegion(platform, region).tiers.length).toBeGreaterThan(0)
      }
    }
  })

  test('an edge region has media servers, what scales and watches them, and no interviews', async () => {
    const file = join(folder, 'edge-region.yaml')
    const platform = await loadPlatform({ file, environment: 'local' }, testCollaborators(folder))
    const plan = planRegion(platform, 'sa-east')
    expect(plan.pools.map(({ name }) => name)).toEqual(['sfu'])
    expect(plan.workloads).toEqual([])
    const kinds = plan.systems.flatMap(({ objects }) =>
      objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    )
    expect(kinds).toContain('PodMonitor sfu')
    expect(kinds.filter((kind) => /^(Cluster|FeatureFlag|Gateway) /.test(kind))).toEqual([])
  })
})
