import { annotations, labels, managedBy } from '../names.ts'
import type { Metadata } from './kubernetes.ts'
import type { RegionIdentity } from './region-plan.ts'

export interface ObjectName {
  name: string
  namespace?: string
  /** What the object is part of: a tier, or `platform` for what belongs to none. */
  component: string
  /** `app.kubernetes.io/name`; the object's own name where it stands for itself. */
  app?: string
  annotations?: Record<string, string>
}

/** The metadata that every object carries: whose it is, what it is part of, and the stack that may change it. */
export function metadataOf(identity: RegionIdentity, object: ObjectName): Metadata {
  return {
    name: object.name,
    ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
    labels: ownership(identity, object.app ?? object.name, object.component),
    annotations: { [annotations.stack]: `${identity.project}/${identity.stack}`, ...object.annotations },
  }
}

export function ownership(identity: RegionIdentity, app: string, component: string): Record<string, string> {
  return {
    [labels.managedBy]: managedBy,
    [labels.partOf]: identity.platform,
    [labels.name]: app,
    [labels.component]: component,
    [labels.region]: identity.region,
  }
}
