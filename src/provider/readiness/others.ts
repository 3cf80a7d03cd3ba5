import type { JsonObject } from '../../cluster/cluster.ts'
import { textAt } from '../json.ts'
import { conditionOf, explain, isTrue } from './conditions.ts'
import { failed, ready, waiting } from './verdict.ts'
import type { Verdict } from './verdict.ts'

export function namespaceVerdict(object: JsonObject): Verdict {
  const phase = textAt(object, 'status', 'phase')
  return phase === 'Active' ? ready : waiting(phase ?? 'not active yet')
}

/** A claim that binds only with its first pod is told apart by the caller, who can ask for its storage class. */
export function claimVerdict(object: JsonObject): Verdict {
  const phase = textAt(object, 'status', 'phase') ?? 'Pending'
  if (phase === 'Bound') return ready
  return phase === 'Lost' ? failed('its volume is lost') : waiting(`${phase}, not bound`)
}

export function definitionVerdict(object: JsonObject): Verdict {
  if (isTrue(object, 'Established')) return ready
  const names = conditionOf(object, 'NamesAccepted')
  return names?.status === 'False' ? failed(explain(names)) : waiting('not served yet')
}
