import { annotations, labels } from '../names.ts'
import type { Platform } from '../spec/platform.ts'
import { takesWholeNode } from './capacity.ts'
import { imageOf } from './image.ts'
import type { Metadata, Selector } from './kubernetes.ts'
import { metadataOf, ownership } from './metadata.ts'
import { namespaceName, priorityClassName } from './names.ts'
import type { DeploymentObject } from './pod.ts'
import { podTemplate } from './pod-template.ts'
import type { PoolPlan, RegionIdentity, WorkloadPlan } from './region-plan.ts'
import { disruptionBudget } from './rules/disruption-budget.ts'
import { rollingUpdate } from './rules/rolling-update.ts'
import { rolloutWait } from './rules/rollout-wait.ts'
import { isCalled, service } from './rules/service.ts'
import { serviceAccount } from './rules/service-account.ts'
import { batchQueue } from './rules/batch-queue.ts'
import { terminationGrace } from './rules/termination-grace.ts'
import { tierOf } from './tiers.ts'
import { type WorkName, workOf } from './work.ts'

/** A pool or workload with every object that makes it run. */
export function workloadPlan(platform: Platform, identity: RegionIdentity, name: WorkName): WorkloadPlan {
  const work = workOf(platform.specification, name)
  const plan = poolPlan(platform, identity, name)
  const metadata = (extra: Record<string, string> = {}) =>
    metadataOf(identity, { name, namespace: plan.namespace, component: tierOf(name), annotations: extra })
  const selector: Selector = {
    matchLabels: { [labels.name]: name, [labels.partOf]: identity.platform },
  }
  const wait = rolloutWait(work, takesWholeNode(name, work), terminationGrace(platform.specification, name))
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
      metadata: queued(name, identity, metadata({ [annotations.minimum]: String(plan.minimum) })),
      progressSeconds: wait.progress.secondsCeil,
    }),
    disruptionBudget: disruptionBudget(metadata(), selector, work.maxUnavailable),
    ...(isCalled(name) ? { service: service(metadata(), selector, work.port) } : {}),
  }
}

/** Batch work is admitted by its queue, behind everything that a candidate waits for. */
function queued(name: WorkName, { platform }: RegionIdentity, metadata: Metadata): Metadata {
  if (name !== 'batch') return metadata
  const queue = {
    [labels.queue]: batchQueue,
    [labels.queuePriority]: priorityClassName(platform, 'LOW'),
  }
  return { ...metadata, labels: { ...metadata.labels, ...queue } }
}

function poolPlan(platform: Platform, identity: RegionIdentity, name: WorkName): PoolPlan {
  const work = workOf(platform.specification, name)
  return {
    name,
    namespace: namespaceName(identity.platform, tierOf(name)),
    workload: name,
    nodeShape: work.nodeShape,
    minimum: work.instances.minimum,
    maximum: work.instances.maximum,
    image: imageOf(platform, name),
    startup: work.startup,
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
  const { nodeShapes } = platform.specification
  const work = workOf(platform.specification, plan.name)
  const wholeNode = takesWholeNode(plan.name, work)
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
        priorityClassName: priorityClassName(identity.platform, work.priority),
      }),
    },
  }
}
