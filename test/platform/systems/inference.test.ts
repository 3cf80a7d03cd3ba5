import { describe, expect, test } from 'vitest'
import type { NodePool } from '../../../src/platform/systems/kinds/karpenter.ts'
import type { ClusterQueue } from '../../../src/platform/systems/kinds/kueue.ts'
import { planInference } from '../../../src/platform/systems/inference/plan.ts'
import { planRegion } from '../../../src/platform/plan.ts'
import { examplePlatform } from '../example.ts'
import { objectOf, planOf, textOf } from './context.ts'

const plan = planOf(planInference, 'us-east')

describe('GPU nodes', () => {
  const { spec } = objectOf(plan, 'NodePool', 'interview-gpu-8') as NodePool

  test('GPU Node, 8x A100: as many GPUs as the most replicas take, on machines that have eight', () => {
    expect(spec.limits).toEqual({ 'nvidia.com/gpu': String(20 * 8) })
    expect(spec.template.spec.requirements).toContainEqual({
      key: 'node.kubernetes.io/instance-type',
      operator: 'In',
      values: ['p4d.24xlarge', 'p4de.24xlarge'],
    })
  })

  test('are given back empty after ten minutes, and never exchanged while interviews are held', () => {
    expect(spec.disruption).toMatchObject({ consolidationPolicy: 'WhenEmpty', consolidateAfter: '10m' })
    expect(spec.disruption.budgets[0]).toEqual({
      nodes: '0',
      reasons: ['Drifted'],
      schedule: '0 6 * * mon-fri',
      duration: '16h',
    })
    expect(spec.template.spec.expireAfter).toBe('Never')
  })
})

describe('GPU Pool Management: Real-time, Real-time, Mixed, Batch', () => {
  const quota = (name: string, of = plan) => {
    const { resourceGroups } = (objectOf(of, 'ClusterQueue', `interview-${name}`) as ClusterQueue).spec
    return resourceGroups[0]?.flavors[0]?.resources.find((each) => each.name === 'nvidia.com/gpu')
  }

  test('of 160 GPUs 80 are real-time, 40 mixed and 40 batch', () => {
    expect(['real-time', 'mixed', 'batch'].map((name) => quota(name)?.nominalQuota)).toEqual([
      '80',
      '40',
      '40',
    ])
  })

  test('the real-time share is lent to nobody, the others use each other’s', () => {
    expect(quota('real-time')?.lendingLimit).toBe('0')
    expect([quota('mixed')?.borrowingLimit, quota('batch')?.borrowingLimit]).toEqual(['40', '40'])
  })

  test('every quota is a multiple of what one replica takes; what rounding leaves is real-time', () => {
    const odd = planOf(planInference, 'us-east', { pools: { llm: { instances: { maximum: 5 } } } })
    const quotas = ['real-time', 'mixed', 'batch'].map((name) => Number(quota(name, odd)?.nominalQuota))
    expect(quotas).toEqual([24, 8, 8])
    expect(odd.findings).toEqual([])
  })

  test('on the two nodes of the minimum mixed and batch would admit nothing, and that is said', () => {
    const two = planOf(planInference, 'us-east', { pools: { llm: { instances: { maximum: 2 } } } })
    expect(['mixed', 'batch'].map((name) => quota(name, two)?.nominalQuota)).toEqual(['0', '0'])
    expect(two.findings.map(({ id, path }) => [id, path])).toEqual([
      ['gpu-partition-empty', 'gpu.partition.mixedGpus'],
      ['gpu-partition-empty', 'gpu.partition.batchGpus'],
    ])
  })

  test('with replicas of four GPUs the two nodes of the minimum are 8 / 4 / 4', () => {
    const four = { pools: { llm: { instances: { maximum: 4 }, resources: { gpus: 4 } } } }
    const plan4 = planOf(planInference, 'us-east', four)
    expect(['real-time', 'mixed', 'batch'].map((name) => quota(name, plan4)?.nominalQuota)).toEqual([
      '8',
      '4',
      '4',
    ])
    expect(plan4.findings).toEqual([])
  })

  test('a replica of the model is in no queue, batch work is', () => {
    const { pools, workloads } = planRegion(examplePlatform(), 'us-east')
    const labelsOf = (name: string) =>
      [...pools, ...workloads].find((work) => work.name === name)?.deployment.metadata.labels ?? {}
    expect(Object.keys(labelsOf('llm')).filter((key) => key.startsWith('kueue'))).toEqual([])
    expect(labelsOf('batch')).toMatchObject({
      'kueue.x-k8s.io/queue-name': 'batch',
      'kueue.x-k8s.io/priority-class': 'interview-low',
    })
    expect(objectOf(plan, 'WorkloadPriorityClass', 'interview-low')['value']).toBe(1000)
  })
})

describe('Priority Levels', () => {
  const document = JSON.parse(textOf(plan, 'request-priorities', 'priorities.json')) as {
    classes: Record<
      string,
      { maxWaitMs: number; modelServerPriority: number; headers: Record<string, string> }
    >
  }

  test.each([
    ['CRITICAL', 100, 0, 100],
    ['HIGH', 500, 1, 50],
    ['MEDIUM', 5000, 2, 0],
    ['LOW', 30_000, 3, -10],
  ] as const)('%s: max wait %d ms', (name, maxWaitMs, ...sent) => {
    const [modelServerPriority, priority] = sent
    expect(document.classes[name]).toMatchObject({ maxWaitMs, modelServerPriority })
    expect(document.classes[name]?.headers).toEqual({
      'x-llm-d-inference-objective': name.toLowerCase(),
      'x-llm-d-slo-ttft-ms': String(maxWaitMs),
    })
    expect(objectOf(plan, 'InferenceObjective', name.toLowerCase())['spec']).toEqual({
      poolRef: { name: 'llm' },
      priority,
    })
  })

  test('router and model server count in opposite directions', () => {
    const classes = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']
    const model = classes.map((name) => document.classes[name]?.modelServerPriority ?? NaN)
    const router = classes.map(
      (name) =>
        (objectOf(plan, 'InferenceObjective', name.toLowerCase())['spec'] as { priority: number }).priority,
    )
    expect(model).toEqual(model.toSorted((left, right) => left - right))
    expect(router).toEqual(router.toSorted((left, right) => right - left))
  })

  test('LOW alone can be a victim: it alone is below 0', () => {
    expect(document.classes).toMatchObject({ LOW: { evictable: true }, MEDIUM: { evictable: false } })
    expect(routerConfig().flowControl.enableEviction).toBe(true)
    expect(routerConfig().flowControl.priorityBands.filter(({ priority }) => priority < 0)).toHaveLength(1)
  })

  test('the router’s one time to live is the longest wait, 30 s, and the earliest deadline goes first', () => {
    const { flowControl, featureGates } = routerConfig()
    expect(featureGates).toEqual(['flowControl'])
    expect(flowControl.defaultRequestTTL).toBe('30s')
    expect(new Set(flowControl.priorityBands.map(({ orderingPolicyRef }) => orderingPolicyRef))).toEqual(
      new Set(['slo-deadline-ordering-policy']),
    )
  })

  test('every plugin that the router refers to is one that it has', () => {
    const { plugins, schedulingProfiles, flowControl } = routerConfig()
    const used = [
      ...schedulingProfiles.flatMap((profile) => profile.plugins.map(({ pluginRef }) => pluginRef)),
      ...flowControl.priorityBands.map(({ orderingPolicyRef }) => orderingPolicyRef),
      flowControl.saturationDetector.pluginRef,
    ]
    const known = plugins.map(({ type }) => type)
    for (const name of used) expect(known).toContain(name)
  })

  test('the model server is told that priorities count', () => {
    const llm = planRegion(examplePlatform(), 'us-east').pools.find(({ name }) => name === 'llm')
    expect(llm?.deployment.spec.template.spec.containers[0]?.args).toEqual([
      '--port=8000',
      '--tensor-parallel-size=8',
      '--scheduling-policy=priority',
    ])
  })

  test('no class is called a guarantee', () => {
    const rows = plan.fidelity.filter(({ demand }) => /max wait/.test(demand))
    expect(rows).toHaveLength(4)
    for (const { carried, reason } of rows) {
      expect(carried).toBe('approximated')
      expect(reason).toContain('a bound and no guarantee')
    }
  })
})

function routerConfig() {
  return JSON.parse(textOf(plan, 'llm-router', 'config.yaml')) as {
    featureGates: string[]
    plugins: { type: string }[]
    schedulingProfiles: { plugins: { pluginRef: string }[] }[]
    flowControl: {
      defaultRequestTTL: string
      enableEviction: boolean
      saturationDetector: { pluginRef: string }
      priorityBands: { priority: number; orderingPolicyRef: string }[]
    }
  }
}
