import { describe, expect, test } from 'vitest'
import { resourceName } from '../../src/platform/names.ts'
import { scaledWorkloads } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import type { WorkloadName } from '../../src/spec/schema/workload.ts'
import { examplePlatform } from './example.ts'

/** The workloads between the pools: same standards as a pool, no scaling rule. */

const plan = planRegion(examplePlatform(), 'us-east')

function workload(name: WorkloadName) {
  const found = plan.workloads.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no workload ${name}`)
  return found
}

describe('a workload beside the pools', () => {
  test.each([
    ['conductor', 'interview-application', 'general', 3, 'interview-critical'],
    ['session-router', 'interview-application', 'general', 3, 'interview-critical'],
    ['recording', 'interview-application', 'general', 3, 'interview-critical'],
    ['fallback-speech', 'interview-speech', 'speech', 2, 'interview-critical'],
    ['notification', 'interview-application', 'general', 2, 'interview-high'],
    ['batch', 'interview-evaluation', 'evaluation', 0, 'interview-low'],
  ] as const)('%s: namespace, nodes, minimum and priority', (name, ...row) => {
    const [namespace, nodeShape, minimum, priority] = row
    const { deployment, ...found } = workload(name)
    expect(found).toMatchObject({ namespace, minimum, nodeShape })
    expect(deployment.spec.template.spec.priorityClassName).toBe(priority)
    expect(deployment.metadata.annotations['iv.dev/minimum']).toBe(String(minimum))
  })

  test.each(plan.workloads)('$name meets the standards of a pool', ({ deployment, ...found }) => {
    const [container] = deployment.spec.template.spec.containers
    expect(container?.securityContext.readOnlyRootFilesystem).toBe(true)
    expect(container?.resources.limits['memory']).toBe(container?.resources.requests['memory'])
    expect(container?.readinessProbe).toMatchObject({
      periodSeconds: 5,
      failureThreshold: 3,
      successThreshold: 2,
    })
    expect(container?.env).toContainEqual({ name: 'IV_WORKLOAD', value: found.name })
    expect(deployment.spec.template.spec.automountServiceAccountToken).toBe(false)
    expect(deployment.spec.template.spec.topologySpreadConstraints[0]?.whenUnsatisfiable).toBe(
      'DoNotSchedule',
    )
    expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0)
    expect(found.disruptionBudget.spec.maxUnavailable).toBe(1)
    expect(scaledWorkloads(plan)).not.toContain(resourceName(deployment.metadata))
  })

  test('the conductor is a list of servers, because the session router picks one for a session', () => {
    expect(workload('conductor').service?.spec.clusterIP).toBe('None')
    expect(workload('session-router').service?.spec.clusterIP).toBeUndefined()
    expect(workload('batch').service).toBeUndefined()
  })

  test('a conductor may finish the interview that it leads', () => {
    const { terminationGracePeriodSeconds, containers } = workload('conductor').deployment.spec.template.spec
    expect(terminationGracePeriodSeconds).toBe(2 * 3600 + 300)
    expect(containers[0]?.lifecycle?.preStop.sleep.seconds).toBe(15)
  })
})
