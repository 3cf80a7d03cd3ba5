import { describe, expect, test } from 'vitest'
import type { AutoscalerObject } from '../../src/platform/kubernetes.ts'
import { planRegion } from '../../src/platform/plan.ts'
import type { RegionPlan } from '../../src/platform/region-plan.ts'
import type { PoolName } from '../../src/spec/schema/pool.ts'
import { examplePlatform } from './example.ts'
import { systemObject } from './system-object.ts'

const plan = planRegion(examplePlatform(), 'us-east')

function pool(name: PoolName, of: RegionPlan = plan) {
  const found = of.pools.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no pool ${name}`)
  return found
}

function podOf(name: PoolName) {
  return pool(name).deployment.spec.template.spec
}

describe('placement', () => {
  test.each([
    ['sfu', 'media'],
    ['asr', 'speech'],
    ['tts', 'speech'],
    ['llm', 'gpu-8'],
    ['evaluation', 'evaluation'],
    ['api', 'general'],
  ] as const)('%s runs on %s nodes only', (name, shape) => {
    expect(podOf(name).nodeSelector).toEqual({ 'iv.dev/shape': shape })
  })

  test('an SFU server has its node’s network to itself', () => {
    const { hostNetwork, dnsPolicy, affinity } = podOf('sfu')
    expect({ hostNetwork, dnsPolicy }).toEqual({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' })
    const [rule] = affinity?.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? []
    expect(rule?.topologyKey).toBe('kubernetes.io/hostname')
  })

  test('whole-node pools prefer a spread over zones, the others require it', () => {
    const rule = (name: PoolName) => podOf(name).topologySpreadConstraints[0]?.whenUnsatisfiable
    expect([rule('sfu'), rule('llm')]).toEqual(['ScheduleAnyway', 'ScheduleAnyway'])
    expect([rule('asr'), rule('evaluation'), rule('api')]).toEqual(Array(3).fill('DoNotSchedule'))
  })
})

describe('rolling updates', () => {
  test('an SFU server is replaced before it goes, on the spare node', () => {
    expect(pool('sfu').deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 })
  })

  test('a model replica gives its GPUs up first, because no GPU node idles', () => {
    expect(pool('llm').deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 })
  })

  test('with a spare GPU node it is replaced before it goes', () => {
    const spare = planRegion(examplePlatform({ nodeShapes: { 'gpu-8': { spare: 1 } } }), 'us-east')
    const { strategy } = pool('llm', spare).deployment.spec
    expect(strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 })
  })

  test('may take as long as every session on every SFU server takes to end', () => {
    const { wait, maximum } = pool('sfu')
    expect(wait.update.seconds).toBeGreaterThanOrEqual(maximum * 7500)
    expect(pool('sfu').deployment.spec.progressDeadlineSeconds).toBeGreaterThan(7500)
  })
})

describe('probes', () => {
  test.each(['sfu', 'asr', 'tts', 'llm', 'evaluation', 'api'] as const)(
    '%s may take twice its start-up time before it is restarted',
    (name) => {
      const probe = podOf(name).containers[0]?.startupProbe
      const allowed = (probe?.periodSeconds ?? 0) * (probe?.failureThreshold ?? 0)
      expect(allowed).toBeGreaterThanOrEqual(2 * pool(name).startup.seconds)
    },
  )

  test('stopping takes no longer than the grace that is left for it', () => {
    const hasty = planRegion(examplePlatform({ pools: { api: { terminationGrace: '10s' } } }), 'us-east')
    const { containers, terminationGracePeriodSeconds } = pool('api', hasty).deployment.spec.template.spec
    expect(terminationGracePeriodSeconds).toBe(10)
    expect(containers[0]?.lifecycle?.preStop.sleep.seconds).toBe(5)
  })
})

describe('privileges', () => {
  test('no pod holds a token of the cluster', () => {
    for (const { serviceAccount, deployment } of plan.pools) {
      expect(serviceAccount.automountServiceAccountToken).toBe(false)
      expect(deployment.spec.template.spec.automountServiceAccountToken).toBe(false)
    }
  })

  test('only media is outside pod security restricted', () => {
    const levels = plan.tiers.map(({ name, namespace }) => [
      name,
      namespace.metadata.labels['pod-security.kubernetes.io/enforce'],
    ])
    expect(Object.fromEntries(levels)).toEqual({
      media: 'privileged',
      speech: 'restricted',
      inference: 'restricted',
      evaluation: 'restricted',
      application: 'restricted',
    })
  })
})

describe('the autoscaler on a cluster before 1.35', () => {
  const old = planRegion(
    examplePlatform({ regions: { 'us-east': { kubernetesVersion: '1.34' } } }),
    'us-east',
  )

  const autoscaler = systemObject<AutoscalerObject>(old, 'HorizontalPodAutoscaler', 'api')

  test('has no tolerance per direction', () => {
    expect(JSON.stringify(autoscaler)).not.toContain('tolerance')
    expect(autoscaler.spec.metrics[0]?.resource.target.averageUtilization).toBe(70)
  })

  test('says that the band is lost', () => {
    expect(old.findings).toMatchObject([
      { id: 'autoscaler-band-approximated', path: 'regions.us-east.kubernetesVersion', actual: '1.34' },
    ])
  })
})
