import { describe, expect, test } from 'vitest'
import { regionIdentity } from '../../src/platform/identity.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { poolNames } from '../../src/spec/schema/pool.ts'
import { examplePlatform, extraRegion } from './example.ts'

const platform = examplePlatform({
  regions: { 'edge-sa': extraRegion('edge'), 'dr-north': extraRegion('dr') },
})

describe('regionIdentity', () => {
  test('is the platform’s project and the environment’s stack', () => {
    expect(regionIdentity(platform, 'us-east')).toEqual({
      platform: 'interview',
      environment: 'local',
      region: 'us-east',
      role: 'primary',
      project: 'interview',
      stack: 'local.us-east',
    })
  })

  test('does not know a region that the specification does not have', () => {
    expect(() => regionIdentity(platform, 'us-eats')).toThrowError('there is no region "us-eats"')
    expect(() => planRegion(platform, 'us-eats')).toThrowError(
      expect.objectContaining({ code: 'NOT_FOUND', next: 'did you mean us-east?' }),
    )
  })
})

describe('what runs in a region depends on its role', () => {
  test.each(['us-east', 'us-west', 'eu-west'])('%s runs the six pools', (region) => {
    const plan = planRegion(platform, region)
    expect(plan.pools.map(({ name }) => name)).toEqual(['sfu', 'asr', 'tts', 'llm', 'evaluation', 'api'])
    expect(plan.workloads.map(({ name }) => name)).toEqual([
      'conductor',
      'session-router',
      'recording',
      'fallback-speech',
      'notification',
      'batch',
    ])
    expect(plan.findings).toEqual([])
  })

  test('an edge is media only', () => {
    const plan = planRegion(platform, 'edge-sa')
    expect(plan.pools.map(({ name }) => name)).toEqual(['sfu'])
    expect(plan.workloads).toEqual([])
    expect(plan.tiers.map(({ name }) => name)).toEqual(['media'])
    expect(new Set(plan.nodes.map(({ shape }) => shape))).toEqual(new Set(['media']))
  })

  test('a disaster-recovery site is prepared and stands empty', () => {
    const plan = planRegion(platform, 'dr-north')
    expect(plan.pools).toEqual([])
    expect(plan.workloads).toEqual([])
    expect(plan.nodes).toEqual([])
    expect(plan.tiers.map(({ name }) => name)).toEqual([
      'media',
      'speech',
      'inference',
      'evaluation',
      'application',
    ])
    expect(plan.priorityClasses).toHaveLength(4)
  })
})

test('outside local a pool or workload without an image is an error that names it', () => {
  const bare = examplePlatform({}, 'production')
  expect(() => planRegion(bare, 'us-east')).toThrowError(
    'pools.sfu.image is missing in environment "production"',
  )
  const pools = Object.fromEntries(poolNames.map((name) => [name, { image: 'registry.example/x:1' }]))
  expect(() => planRegion(examplePlatform({ pools }, 'production'), 'us-east')).toThrowError(
    expect.objectContaining({ next: 'set workloads.conductor.image for this environment' }),
  )
})
