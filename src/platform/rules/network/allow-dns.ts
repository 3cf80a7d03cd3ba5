import type { NetworkPolicyObject } from '../../kubernetes.ts'

/** Names are resolved by the cluster's own DNS, over UDP and, for long answers, TCP. */
export const allowDns: NetworkPolicyObject['spec'] = {
  podSelector: {},
  policyTypes: ['Egress'],
  egress: [
    {
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    },
  ],
}
