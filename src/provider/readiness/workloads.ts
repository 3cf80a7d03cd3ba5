import type { JsonObject } from '../../cluster/cluster.ts'
import { numberAt, textAt } from '../json.ts'
import { conditionOf, explain, isTrue } from './conditions.ts'
import { failed, ready, waiting } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** The controller has not looked at the newest specification yet: its other numbers mean nothing. */
function isUnobserved(object: JsonObject): boolean {
  const generation = numberAt(object, 'metadata', 'generation') ?? 0
  return (numberAt(object, 'status', 'observedGeneration') ?? 0) < generation
}

export function deploymentVerdict(object: JsonObject): Verdict {
  if (isUnobserved(object)) return waiting('the controller has not seen it yet')
  const desired = numberAt(object, 'spec', 'replicas') ?? 1
  const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0
  const available = numberAt(object, 'status', 'availableReplicas') ?? 0
  const total = numberAt(object, 'status', 'replicas') ?? 0
  if (updated >= desired && available >= desired && total <= updated) return ready
  const progress = conditionOf(object, 'Progressing')
  if (progress?.reason === 'ProgressDeadlineExceeded') return failed(explain(progress))
  const refused = conditionOf(object, 'ReplicaFailure')
  if (refused?.status === 'True') return waiting(explain(refused))
  const current = Math.min(updated, available)
  return waiting(
    total > updated ? `${total - updated} old pods still there` : `${current}/${desired} pods ready`,
  )
}

export function statefulSetVerdict(object: JsonObject): Verdict {
  if (isUnobserved(object)) return waiting('the controller has not seen it yet')
  const desired = numberAt(object, 'spec', 'replicas') ?? 1
  const readyPods = numberAt(object, 'status', 'readyReplicas') ?? 0
  const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0
  const byHand = textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete'
  const held = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  if (readyPods < desired) return waiting(`${readyPods}/${desired} pods ready`)
  if (!byHand && updated < desired - held) return waiting(`${updated}/${desired - held} pods updated`)
  return ready
}

export function daemonSetVerdict(object: JsonObject): Verdict {
  if (isUnobserved(object)) return waiting('the controller has not seen it yet')
  const desired = numberAt(object, 'status', 'desiredNumberScheduled') ?? 0
  const available = numberAt(object, 'status', 'numberAvailable') ?? 0
  const updated = numberAt(object, 'status', 'updatedNumberScheduled') ?? 0
  const byHand = textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete'
  const current = byHand ? available : Math.min(available, updated)
  return current >= desired ? ready : waiting(`${current}/${desired} pods ready`)
}

export function jobVerdict(object: JsonObject): Verdict {
  if (isTrue(object, 'Complete')) return ready
  const failure = conditionOf(object, 'Failed')
  if (failure?.status === 'True') return failed(explain(failure))
  const wanted = numberAt(object, 'spec', 'completions') ?? 1
  return waiting(`${numberAt(object, 'status', 'succeeded') ?? 0}/${wanted} pods succeeded`)
}

export function podVerdict(object: JsonObject): Verdict {
  const phase = textAt(object, 'status', 'phase') ?? 'Pending'
  if (phase === 'Succeeded' || isTrue(object, 'Ready')) return ready
  if (phase === 'Failed') return failed(textAt(object, 'status', 'message') ?? 'the pod failed')
  const scheduled = conditionOf(object, 'PodScheduled')
  return waiting(scheduled?.status === 'False' ? explain(scheduled) : `${phase}, not ready`)
}
