export interface NeededKind {
  apiVersion: string
  kind: string
  /** What needs it. */
  reason: string
}

/**
 * Kinds that are no part of Kubernetes and must be installed in every cluster. None yet: the six pools stand on
 * built-in kinds alone. Autoscalers and node provisioning will bring theirs.
 */
export const neededKinds: readonly NeededKind[] = []
