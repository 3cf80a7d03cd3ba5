import type { Priority, PriorityName } from '../../spec/schema/gpu.ts'
import type { PriorityClassObject } from '../kubernetes.ts'
import { metadataOf } from '../metadata.ts'
import { priorityClassName } from '../names.ts'
import type { RegionIdentity } from '../region-plan.ts'

export interface PriorityRow {
  name: PriorityName
  priority: Priority
}

/**
 * The table of GPU priorities for pods: the order among them, and who may displace others. Waiting times of
 * milliseconds are the request router's business; the scheduler acts in seconds.
 */
export function priorityClass(
  identity: RegionIdentity,
  { name, priority }: PriorityRow,
): PriorityClassObject {
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: metadataOf(identity, {
      name: priorityClassName(identity.platform, name),
      component: 'platform',
    }),
    value: priority.classValue,
    preemptionPolicy: priority.preemption ? 'PreemptLowerPriority' : 'Never',
    description: priority.useCase,
  }
}
