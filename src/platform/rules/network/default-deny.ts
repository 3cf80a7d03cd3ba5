import type { NetworkPolicyObject } from '../../kubernetes.ts'

/** Nothing in, nothing out, for every pod of the namespace; the other policies are the exceptions. */
export const defaultDeny: NetworkPolicyObject['spec'] = {
  podSelector: {},
  policyTypes: ['Ingress', 'Egress'],
}
