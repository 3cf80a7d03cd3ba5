import type { Specification } from '../../../spec/schema/specification.ts'

/**
 * Envoy gives every server ceil(minimum ring size / servers) places on its ring, so the size that gives each of the
 * most servers its virtual nodes is their product; the document's 1,024 alone gives 147 each from 7 servers on.
 */
export function minimumRingSize({ affinity }: Specification, maximumServers: number): number {
  return Math.max(affinity.ringSlots, affinity.virtualNodesPerServer * maximumServers)
}
