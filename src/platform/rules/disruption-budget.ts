import type { DisruptionBudgetObject, Metadata, Selector } from '../kubernetes.ts'

/**
 * How many instances a drain or an upgrade may take at once. Counted as unavailable and never as available, so that
 * it holds at any size and cannot block a pool that stands at one; pods that are not ready may always be moved.
 */
export function disruptionBudget(
  metadata: Metadata,
  selector: Selector,
  maxUnavailable: number,
): DisruptionBudgetObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable, selector, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  }
}
