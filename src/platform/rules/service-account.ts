import type { Metadata, ServiceAccountObject } from '../kubernetes.ts'

/**
 * An identity of its own per workload, with no token in the pod and no role bound to it: no pool and no workload
 * calls the Kubernetes API, so the least privilege is none.
 */
export function serviceAccount(metadata: Metadata): ServiceAccountObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false }
}
