import { loopback } from '../ports.ts'
import type { RegionLayout } from './layout.ts'

/** Controllers for what the sandbox has none of: clouds, disks, node certificates, node address ranges. */
const switchedOff = [
  'certificatesigningrequest-approving-controller',
  'certificatesigningrequest-cleaner-controller',
  'certificatesigningrequest-signing-controller',
  'cloud-node-lifecycle-controller',
  'ephemeral-volume-controller',
  'legacy-serviceaccount-token-cleaner-controller',
  'node-ipam-controller',
  'node-route-controller',
  'persistentvolume-attach-detach-controller',
  'persistentvolume-expander-controller',
  'service-lb-controller',
  'storage-version-migrator-controller',
  'ttl-controller',
]

/** The autoscaler's pace is the production default: 15 s. */
export function controllerManagerArguments(layout: RegionLayout): string[] {
  const kubeconfig = layout.kubeconfig('kube-controller-manager')
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--bind-address=${loopback}`,
    `--secure-port=${layout.ports['kube-controller-manager']}`,
    `--tls-cert-file=${layout.tls('kube-controller-manager.crt')}`,
    `--tls-private-key-file=${layout.tls('kube-controller-manager.key')}`,
    `--client-ca-file=${layout.tls('ca.crt')}`,
    `--root-ca-file=${layout.tls('ca.crt')}`,
    `--service-account-private-key-file=${layout.tls('service-account.key')}`,
    '--use-service-account-credentials',
    '--leader-elect=false',
    `--controllers=*,${switchedOff.map((name) => `-${name}`).join(',')}`,
    // The default pace of 20 requests per second is made for a server that others use as well.
    '--kube-api-qps=200',
    '--kube-api-burst=400',
    '--profiling=false',
  ]
}
