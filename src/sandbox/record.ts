import type { ComponentName as Operator } from '../crds/component.ts'
import type { DefinitionSource } from '../crds/resolve.ts'
import type { AutoscalingComponent } from './autoscaling/ports.ts'
import type { ProcessIdentity } from '../process/identity.ts'

export const regionComponents = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
] as const
export type ComponentName = 'etcd' | (typeof regionComponents)[number] | AutoscalingComponent

/** One supervised process. The port is chosen once and kept, so that kubeconfigs stay true. */
export interface ComponentRecord {
  name: ComponentName
  port: number
  /** What it opens besides, by purpose. */
  otherPorts?: Readonly<Record<string, number>>
  /** What was started last; absent before the first start and after `down`. */
  process?: ProcessIdentity
  /** Digest over program, arguments and files at that start: a difference means it must be restarted. */
  fingerprint?: string
}

/** A custom kind that the region serves, and how true its definition is. */
export interface DefinitionRecord {
  /** `scaledobjects.keda.sh`. */
  name: string
  kind: string
  component: Operator
  /** `cluster`: somebody else installed it, and it is left alone. */
  source: DefinitionSource | 'cluster'
  /** The file, the module, or why there is only a stub. */
  detail: string
}

export interface RegionRecord {
  name: string
  /** Stable number of the region in this sandbox: its address ranges follow from it. */
  index: number
  components: ComponentRecord[]
  /** Absent until its definitions were installed. */
  definitions?: readonly DefinitionRecord[]
}

/** The start-up delay of a pool as kwok plays it. */
export interface SimulatedStartup {
  pool: string
  /** The specification's figure, such as `3m`. */
  specified: string
  simulatedMs: number
}

/** Content of `.iv/local/sandbox.json`. */
export interface SandboxRecord {
  version: 1
  /** The specification's start-up times are divided by this. At least 1. */
  timeScale: number
  startups: readonly SimulatedStartup[]
  etcd: ComponentRecord
  etcdPeerPort: number
  regions: RegionRecord[]
}

export function componentOf(region: RegionRecord, name: ComponentName): ComponentRecord {
  const found = region.components.find((component) => component.name === name)
  if (!found) throw new RangeError(`no component ${name} in region ${region.name}`)
  return found
}

/** Every component with its region, etcd first. */
export function allComponents(
  record: SandboxRecord,
): readonly { component: ComponentRecord; region: string | undefined }[] {
  return [
    { component: record.etcd, region: undefined },
    ...record.regions.flatMap((region) =>
      region.components.map((component) => ({ component, region: region.name })),
    ),
  ]
}
