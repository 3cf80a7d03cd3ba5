import { join } from 'node:path'
import { stringify } from 'yaml'
import { loopback } from '../ports.ts'
import type { RegionLayout } from './layout.ts'

export function schedulerConfigFile(layout: RegionLayout): string {
  return join(layout.folder, 'kube-scheduler.yaml')
}

/** Default profile and plugins: placement is decided as in production. */
export function schedulerConfig(layout: RegionLayout): string {
  return stringify({
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    clientConnection: { kubeconfig: layout.kubeconfig('kube-scheduler'), qps: 200, burst: 400 },
    leaderElection: { leaderElect: false },
    enableProfiling: false,
  })
}

export function schedulerArguments(layout: RegionLayout): string[] {
  const kubeconfig = layout.kubeconfig('kube-scheduler')
  return [
    `--config=${schedulerConfigFile(layout)}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--bind-address=${loopback}`,
    `--secure-port=${layout.ports['kube-scheduler']}`,
    `--tls-cert-file=${layout.tls('kube-scheduler.crt')}`,
    `--tls-private-key-file=${layout.tls('kube-scheduler.key')}`,
    `--client-ca-file=${layout.tls('ca.crt')}`,
  ]
}
