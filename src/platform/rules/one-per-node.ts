import type { Selector } from '../kubernetes.ts'
import type { PodAntiAffinity } from '../pod.ts'

/** On the host network two instances would fight for the same ports: never two on one node, whatever revision. */
export function onePerNode(selector: Selector): PodAntiAffinity {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: 'kubernetes.io/hostname', labelSelector: selector },
    ],
  }
}
