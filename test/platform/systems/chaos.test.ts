import { describe, expect, test } from 'vitest'
import type { PlatformObject } from '../../../src/platform/kubernetes.ts'
import { planRegion } from '../../../src/platform/plan.ts'
import { stagesOf } from '../../../src/platform/systems/chaos/load.ts'
import { planScenarios } from '../../../src/platform/systems/chaos/plan.ts'
import { examplePlatform } from '../example.ts'
import { contextOf } from './context.ts'

const { scenarios } = examplePlatform().specification
const plans = planScenarios(contextOf('us-east'))

function objectsOf(name: string): readonly PlatformObject[] {
  return plans.find(({ scenario }) => scenario === name)?.objects ?? []
}

interface Template {
  templateType: string
  deadline?: string
  podChaos?: { action: string; mode: string; value?: string }
  networkChaos?: { action: string }
}

function templatesOf(name: string): Template[] {
  const workflow = objectsOf(name).find(({ kind }) => kind === 'Workflow')
  return ((workflow?.['spec'] ?? { templates: [] }) as { templates: Template[] }).templates
}

describe('Load Testing Scenarios', () => {
  test('Scenario 1 ramps to 200, 500 and 1,000 in 5 minutes each, holds 15 and drains in 5', () => {
    expect(stagesOf(scenarios['peak-load-1000'] ?? never())).toEqual([
      { duration: '300s', target: 200 },
      { duration: '300s', target: 500 },
      { duration: '300s', target: 1000 },
      { duration: '900s', target: 1000 },
      { duration: '300s', target: 0 },
    ])
    expect(objectsOf('peak-load-1000').map(({ kind }) => kind)).toEqual(['ConfigMap', 'TestRun', 'Job'])
  })

  test('Scenario 2 fails half of the recognisers at T+5, all at T+10, none from T+12 on', () => {
    const steps = templatesOf('asr-failure-recovery').slice(1)
    expect(steps.map(({ templateType, deadline }) => [templateType, deadline])).toEqual([
      ['Suspend', '300s'],
      ['PodChaos', '300s'],
      ['PodChaos', '120s'],
    ])
    expect(steps.map(({ podChaos }) => podChaos && [podChaos.action, podChaos.mode, podChaos.value])).toEqual(
      [undefined, ['pod-failure', 'fixed-percent', '50'], ['pod-failure', 'all', undefined]],
    )
  })

  test('Scenario 3 cuts US-East off at T+5, and no other region', () => {
    expect(templatesOf('region-failover').map(({ templateType }) => templateType)).toEqual([
      'Serial',
      'Suspend',
      'NetworkChaos',
    ])
    const west = planScenarios(contextOf('us-west')).find(({ scenario }) => scenario === 'region-failover')
    expect(west?.objects.some(({ kind }) => kind === 'Workflow')).toBe(false)
  })

  test('nothing of it is part of a region: no deploy starts a test or breaks anything', () => {
    const kinds = planRegion(examplePlatform(), 'us-east').systems.flatMap(({ objects }) =>
      objects.map(({ kind }) => kind),
    )
    for (const kind of ['Workflow', 'TestRun', 'Job', 'PodChaos', 'NetworkChaos'])
      expect(kinds).not.toContain(kind)
  })
})

function never(): never {
  throw new Error('the example has no such scenario')
}
