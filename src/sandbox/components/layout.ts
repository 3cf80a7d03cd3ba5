import { join } from 'node:path'
import type { Paths } from '../../paths.ts'
import { regionFolder, sharedFolder } from '../places.ts'
import { componentOf, type regionComponents, type RegionRecord, type SandboxRecord } from '../record.ts'

/** Where one region's components find each other and their files. */
export interface RegionLayout {
  region: string
  folder: string
  etcdPort: number
  ports: Readonly<Record<(typeof regionComponents)[number], number>>
  /** Address ranges differ by region, so that an address tells where it belongs. */
  serviceRange: string
  podRange: string
  nodeRange: string
  /** Path of a file of this region's certificates, and of etcd's. */
  tls: (name: string) => string
  etcdTls: (name: string) => string
  kubeconfig: (user: string) => string
}

export function layoutOf(paths: Paths, record: SandboxRecord, region: RegionRecord): RegionLayout {
  const folder = regionFolder(paths, region.name)
  return {
    region: region.name,
    folder,
    etcdPort: record.etcd.port,
    ports: {
      'kube-apiserver': componentOf(region, 'kube-apiserver').port,
      'kube-controller-manager': componentOf(region, 'kube-controller-manager').port,
      'kube-scheduler': componentOf(region, 'kube-scheduler').port,
      kwok: componentOf(region, 'kwok').port,
    },
    serviceRange: `10.${96 + (region.index % 32)}.0.0/16`,
    podRange: `10.${128 + (region.index % 64)}.0.0/16`,
    nodeRange: `10.${64 + (region.index % 32)}.0.0/16`,
    tls: (name) => join(folder, 'tls', name),
    etcdTls: (name) => join(regionFolder(paths, sharedFolder), 'tls', name),
    kubeconfig: (user) => join(folder, `${user}.kubeconfig`),
  }
}
