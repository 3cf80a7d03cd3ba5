import type { Selector } from '../kubernetes.ts'
import type { TopologySpread } from '../pod.ts'

/**
 * Pods of one revision differ by at most one between zones. Zones whose nodes are gone or tainted do not count, so a
 * lost zone never blocks the others. A pool that takes whole nodes only prefers it: during a rolling update the
 * single free node may lie in any zone, and a hard rule would stop the update there for ever.
 */
export function zoneSpread(selector: Selector, wholeNode: boolean): TopologySpread {
  return {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: wholeNode ? 'ScheduleAnyway' : 'DoNotSchedule',
    labelSelector: selector,
    matchLabelKeys: ['pod-template-hash'],
    nodeAffinityPolicy: 'Honor',
    nodeTaintsPolicy: 'Honor',
  }
}
