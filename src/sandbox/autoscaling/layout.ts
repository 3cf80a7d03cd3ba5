import { join } from 'node:path'
import type { ComponentRecord, RegionRecord } from '../record.ts'
import { componentOf } from '../record.ts'
import type { AutoscalingComponent } from './ports.ts'

/** Where the plane's programs find each other and their files. */
export interface AutoscalingLayout {
  folder: string
  file: (name: string) => string
  /** Of the plane's own certificate and of the authority behind it; KEDA wants exactly these names. */
  certificates: string
  authority: string
  kubeconfig: string
  port: (component: AutoscalingComponent, which?: string) => number
}

export function autoscalingLayout(region: RegionRecord, folder: string): AutoscalingLayout {
  const own = join(folder, 'autoscaling')
  return {
    folder: own,
    file: (name) => join(own, name),
    certificates: join(own, 'tls'),
    authority: join(folder, 'tls'),
    kubeconfig: join(folder, 'autoscaling.kubeconfig'),
    port: (component, which) => portOf(componentOf(region, component), which),
  }
}

function portOf({ name, port, otherPorts }: ComponentRecord, which: string | undefined): number {
  const found = which === undefined ? port : otherPorts?.[which]
  if (found === undefined) throw new RangeError(`${name} has no port ${which}`)
  return found
}
