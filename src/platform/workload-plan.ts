import { annotations, labels } from '../names.ts'
import type { Platform } from '../spec/platform.ts'
import type { PoolName } from '../spec/schema/pool.ts'
import { takesWholeNode } from './capacity.ts'
import { imageOf } from './image.ts'
import type { Metadata, Selector } from './kubernetes.ts'
import { metadataOf, ownership } from './metadata.ts'
import { namespaceName, priorityClassName } from './names.ts'
import type { DeploymentObject } from './pod.ts'
import { podTemplate } from './pod-template.ts'
import type { PoolPlan, RegionIdentity, WorkloadPlan } from './region-plan.ts'
import { cpuAutoscaler } from './rules/autoscaler.ts'
import { disruptionBudget } from './rules/disruption-budget.ts'
import { poolPriority } from './rules/pool-priority.ts'
import { rollingUpdate } from './rules/rolling-update.ts'
import { rolloutWait } from './rules/rollout-wait.ts'
import { isCalled, service } from './rules/service.ts'
import { serviceAccount } from './rules/service-account.ts'
import { terminationGrace } from './rules/termination-grace.ts'
import { tierOf } from './tiers.ts'

/** A pool with every object that makes it run. */
export function workloadPlan(platform: Platform, identity: RegionIdentity, name: PoolName): WorkloadPlan {
  const { pools, regions } = platform.specification
  const pool = pools[name]
  const plan = poolPlan(platform, identity, name)
  const metadata = (extra: Record<string, string> = {}) =>
    metadataOf(identity, { name, namespace: plan.namespace, component: tierOf(name), annotations: extra })
  const selector: Selector = {
    matchLabels: { [labels.name]: name, [labels.partOf]: identity.platform },
  }
  const version = regions[identity.region]?.kubernetesVersion ?? ''
  const wait = rolloutWait(pool, takesWholeNode(name, pool), terminationGrace(platform.specification, name))
  return {
    ...plan,
    tier: tierOf(name),
    wait: { create: wait.create, update: wait.update },
    serviceAccount: serviceAccount(metadata()),
    deployment: deployment({
      platform,
      identity,
      plan,
      selector,
      metadata: metadata({ [annotations.minimum]: String(plan.minimum) }),
      progressSeconds: wait.progress.secondsCeil,
    }),
    disruptionBudget: disruptionBudget(metadata(), selector, pool.maxUnavailable),
    ...(isCalled(name) ? { service: service(metadata(), selector, pool.port) } : {}),
    ...(name === 'api' ? { autoscaler: cpuAutoscaler(metadata(), pool, version) } : {}),
  }
}

function poolPlan(platform: Platform, identity: RegionIdentity, name: PoolName): PoolPlan {
  const pool = platform.specification.pools[name]
  return {
    name,
    namespace: namespaceName(identity.platform, tierOf(name)),
    workload: name,
    nodeShape: pool.nodeShape,
    minimum: pool.instances.minimum,
    maximum: pool.instances.maximum,
    image: imageOf(platform, name),
    startup: pool.startup,
  }
}

interface DeploymentRequest {
  platform: Platform
  identity: RegionIdentity
  plan: PoolPlan
  selector: Selector
  metadata: Metadata
  progressSeconds: number
}

/** Without `replicas`: the count belongs to the autoscaler from the first moment on. */
function deployment(request: DeploymentRequest): DeploymentObject {
  const { platform, identity, plan, selector } = request
  const { nodeShapes, pools } = platform.specification
  const wholeNode = takesWholeNode(plan.name, pools[plan.name])
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: request.metadata,
    spec: {
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: request.progressSeconds,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: rollingUpdate(wholeNode, nodeShapes[plan.nodeShape].spare),
      },
      selector,
      template: podTemplate({
        specification: platform.specification,
        name: plan.name,
        region: identity.region,
        image: plan.image,
        labels: { ...ownership(identity, plan.workload, tierOf(plan.name)), [labels.pool]: plan.name },
        selector,
        priorityClassName: priorityClassName(identity.platform, poolPriority(plan.name)),
      }),
    },
  }
}
