import { join } from 'node:path'
import { loopback } from '../ports.ts'
import type { RegionLayout } from './layout.ts'

/** RBAC, TLS and admission as in production; audit, kubelet access and profiling have nothing to work on here. */
export function apiServerArguments(layout: RegionLayout): string[] {
  const { tls, etcdTls } = layout
  return [
    `--bind-address=${loopback}`,
    `--secure-port=${layout.ports['kube-apiserver']}`,
    `--tls-cert-file=${tls('kube-apiserver.crt')}`,
    `--tls-private-key-file=${tls('kube-apiserver.key')}`,
    `--etcd-servers=https://${loopback}:${layout.etcdPort}`,
    `--etcd-prefix=/${layout.region}`,
    `--etcd-cafile=${etcdTls('ca.crt')}`,
    `--etcd-certfile=${etcdTls('client.crt')}`,
    `--etcd-keyfile=${etcdTls('client.key')}`,
    `--client-ca-file=${tls('ca.crt')}`,
    '--authorization-mode=Node,RBAC',
    `--service-cluster-ip-range=${layout.serviceRange}`,
    // 127.0.0.1 may not be an endpoint of the `kubernetes` Service.
    '--endpoint-reconciler-type=none',
    ...serviceAccountArguments(layout),
    ...aggregationArguments(layout),
    '--profiling=false',
    '--enable-logs-handler=false',
    `--cert-dir=${join(layout.folder, 'run')}`,
  ]
}

function serviceAccountArguments({ tls, region }: RegionLayout): string[] {
  return [
    `--service-account-issuer=https://${region}.iv.local`,
    `--service-account-key-file=${tls('service-account.pub')}`,
    `--service-account-signing-key-file=${tls('service-account.key')}`,
  ]
}

/** What an aggregated API (such as external metrics) needs to trust requests that this server passes on. */
function aggregationArguments({ tls }: RegionLayout): string[] {
  return [
    `--requestheader-client-ca-file=${tls('front-proxy-ca.crt')}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${tls('front-proxy-client.crt')}`,
    `--proxy-client-key-file=${tls('front-proxy-client.key')}`,
  ]
}
