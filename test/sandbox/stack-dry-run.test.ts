import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import type { Cluster, ClusterResponse, JsonObject } from '../../src/cluster/cluster.ts'
import { makePaths } from '../../src/paths.ts'
import { objectsOf, type PlannedObject, workloadsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import type { WorkloadPlan } from '../../src/platform/region-plan.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { examplePlatform } from '../platform/example.ts'
import { touches } from '../support/touches.ts'
import { apply, differences, remove } from './planned.ts'

/** Under a name of its own, so that it meets nothing that other tests deploy. */
const plan = planRegion(examplePlatform({ name: 'dry-run' }), 'eu-west')
const isGround = ({ kind }: PlannedObject) =>
  kind === 'Namespace' || kind === 'PriorityClass' || kind === 'ServiceAccount'
const ground = objectsOf(plan).filter(isGround)
let cluster: Cluster

beforeAll(async () => {
  const paths = makePaths({ packageRoot: '', project: inject('sandboxProject'), environment: {} })
  cluster = await connectCluster({
    kubeconfig: sandboxKubeconfig(paths),
    context: sandboxContext('eu-west'),
  })
  // What a dry run of the rest asks for: a namespace to be in, a priority and an identity that exist.
  for (const object of ground) await apply(cluster, object, { dryRun: false })
})

afterAll(async () => {
  for (const object of ground.toReversed()) await remove(cluster, object)
  cluster.close()
})

function pod({ workload, deployment, namespace }: WorkloadPlan, into = namespace): JsonObject {
  const { metadata, spec } = deployment.spec.template
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: workload, namespace: into }, spec }
}

function reason({ status, body }: ClusterResponse): string {
  const { message } = body as { message?: string }
  return `${status} ${message ?? ''}`
}

describe('a strict dry run against the API server', () => {
  test.each(objectsOf(plan).map((object) => ({ name: label(object), object })))(
    'accepts $name, spelled as it is stored',
    async ({ object }) => {
      touches('api-server')
      const response = await apply(cluster, object, { dryRun: true })
      expect(reason(response)).toMatch(/^20[01] $/)
      expect(differences(object, response.body)).toEqual([])
    },
  )

  test.each(workloadsOf(plan))(
    'accepts a pod of $name at the pod security of its namespace',
    async (pool) => {
      touches('api-server')
      const response = await apply(cluster, pod(pool), { dryRun: true })
      expect(reason(response)).toBe('201 ')
    },
  )

  test('refuses a pod on the host network in a restricted namespace', async () => {
    touches('api-server')
    const [sfu, asr] = plan.pools
    if (!sfu || !asr) throw new Error('the plan has no pools')
    const account = {
      ...pod(sfu, asr.namespace),
      spec: { ...sfu.deployment.spec.template.spec, serviceAccountName: 'asr' },
    }
    const response = await apply(cluster, account, { dryRun: true })
    expect(response.status).toBe(403)
    expect(reason(response)).toContain('violates PodSecurity "restricted:v1.35": host namespaces')
  })

  test('refuses a field that Kubernetes does not have', async () => {
    touches('api-server')
    const [namespace] = plan.tiers
    const typo = { ...namespace?.namespace, speck: {} }
    expect(reason(await apply(cluster, typo, { dryRun: true }))).toContain(
      '.speck: field not declared in schema',
    )
  })
})

function label({ kind, metadata }: PlannedObject): string {
  return [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join(' ')
}
