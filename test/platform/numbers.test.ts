import { describe, expect, test } from 'vitest'
import { annotations } from '../../src/names.ts'
import type { AutoscalerObject } from '../../src/platform/kubernetes.ts'
import { planRegion } from '../../src/platform/plan.ts'
import type { WorkloadPlan } from '../../src/platform/region-plan.ts'
import { bandTolerance } from '../../src/platform/rules/band-tolerance.ts'
import type { PoolName } from '../../src/spec/schema/pool.ts'
import { examplePlatform } from './example.ts'
import { systemObject } from './system-object.ts'

const platform = examplePlatform()
const plan = planRegion(platform, 'us-east')

function pool(name: PoolName): WorkloadPlan {
  const found = plan.pools.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no pool ${name}`)
  return found
}

function podOf(name: PoolName) {
  return pool(name).deployment.spec.template.spec
}

const autoscaler = systemObject<AutoscalerObject>(plan, 'HorizontalPodAutoscaler', 'api')

describe('Scaling Triggers and Thresholds', () => {
  test.each([
    ['SFU Servers', 'sfu', 3],
    ['ASR Workers', 'asr', 5],
    ['TTS Workers', 'tts', 5],
    ['LLM Inference', 'llm', 2],
    ['Eval Workers', 'evaluation', 3],
    ['API Servers', 'api', 3],
  ] as const)('%s: Min Instances', (_row, name, minimum) => {
    expect(pool(name).minimum).toBe(minimum)
    expect(pool(name).deployment.metadata.annotations[annotations.minimum]).toBe(String(minimum))
  })

  test('API Servers: >70% is the target of the autoscaler, and it acts on the first value above', () => {
    expect(autoscaler.spec.metrics[0]?.resource.target.averageUtilization).toBe(70)
    expect(autoscaler.spec.behavior.scaleUp.tolerance).toBe('0')
  })

  test('API Servers: <30% is where scale-in begins', () => {
    const tolerance = autoscaler.spec.behavior.scaleDown.tolerance
    expect(tolerance).toBe('572m')
    expect(70 * (1 - 0.572)).toBeLessThan(30)
    expect(70 * (1 - 0.571)).toBeGreaterThan(30)
  })

  test('API Servers: Min Instances is also the autoscaler’s', () => {
    expect(autoscaler.spec.minReplicas).toBe(3)
  })

  test.each([
    { row: 'SFU >80 / <40', scaleOut: 80, scaleIn: 40, tolerance: '500m' },
    { row: 'ASR >10 / <3', scaleOut: 10, scaleIn: 3, tolerance: '701m' },
    { row: 'LLM >75% / <40%', scaleOut: 75, scaleIn: 40, tolerance: '467m' },
    { row: 'Eval >50 / <10', scaleOut: 50, scaleIn: 10, tolerance: '801m' },
    { row: 'API >70% / <30%', scaleOut: 70, scaleIn: 30, tolerance: '572m' },
  ])('$row as a tolerance below the target', ({ scaleOut, scaleIn, tolerance }) => {
    expect(bandTolerance({ scaleOut, scaleIn })).toBe(tolerance)
  })
})

describe('Horizontal Scaling by Component', () => {
  test('GPU Node: 8x A100 belong to one replica', () => {
    const resources = podOf('llm').containers[0]?.resources
    expect(resources?.limits['nvidia.com/gpu']).toBe('8')
    expect(resources?.requests['nvidia.com/gpu']).toBe('8')
    const gpuNodes = plan.nodes.filter(({ shape }) => shape === 'gpu-8')
    expect(gpuNodes.map(({ capacity }) => capacity['nvidia.com/gpu'])).toEqual(['8', '8'])
  })
})

describe('Sticky Session Configuration', () => {
  test('health_check_interval 5s, unhealthy_threshold 3, healthy_threshold 2 are the readiness probe’s', () => {
    expect(podOf('api').containers[0]?.readinessProbe).toMatchObject({
      periodSeconds: 5,
      failureThreshold: 3,
      successThreshold: 2,
    })
  })

  test('an instance serves on for 5s × 3 after it was told to stop', () => {
    expect(podOf('api').containers[0]?.lifecycle?.preStop.sleep.seconds).toBe(15)
  })

  test('drain_timeout 30s is the load balancer’s: an SFU server may finish the longest session', () => {
    expect(podOf('sfu').terminationGracePeriodSeconds).toBe(2 * 3600 + 300)
  })
})

describe('Priority Levels', () => {
  test('only CRITICAL may preempt, and the order is the table’s', () => {
    const rows = plan.priorityClasses.map(({ metadata, preemptionPolicy }) => [
      metadata.name,
      preemptionPolicy,
    ])
    expect(rows).toEqual([
      ['interview-critical', 'PreemptLowerPriority'],
      ['interview-high', 'Never'],
      ['interview-medium', 'Never'],
      ['interview-low', 'Never'],
    ])
    const values = plan.priorityClasses.map(({ value }) => value)
    expect(values).toEqual(values.toSorted((left, right) => right - left))
    expect(new Set(values).size).toBe(4)
  })

  test('Post-interview evaluation is MEDIUM, what a candidate waits for CRITICAL', () => {
    expect(podOf('evaluation').priorityClassName).toBe('interview-medium')
    expect(podOf('llm').priorityClassName).toBe('interview-critical')
  })
})
