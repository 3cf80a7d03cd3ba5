import type { Finding } from '../../failure.ts'
import type { Platform } from '../../spec/platform.ts'
import type { Metadata, PlatformObject } from '../kubernetes.ts'
import { metadataOf } from '../metadata.ts'
import type { RegionIdentity } from '../region-plan.ts'

/** The systems of the source document that are more than pods, in its order. */
export const systemNames = [
  'media',
  'speech',
  'inference',
  'evaluation',
  'api',
  'affinity',
  'resilience',
  'degradation',
  'multi-region',
  'backup',
  'observability',
  'recovery',
  'chaos',
  'objectives',
] as const
export type SystemName = (typeof systemNames)[number]

/** An object by name, wherever in the region's plan it is made. */
export interface ObjectId {
  kind: string
  name: string
}

/** One demand of the source document, and how truly it is carried. A row of `docs/reference/systems.md`. */
export interface Fidelity {
  /** Heading of the source document and what it asks for there: `Scaling Triggers: SFU Servers >80 / <40`. */
  demand: string
  /** `elsewhere`: no engine expresses it; the reason says who does it instead. */
  carried: 'exact' | 'approximated' | 'elsewhere'
  /** What carries it: objects of this system, or of the pools. */
  objects: readonly ObjectId[]
  /** What the engine does differently, who does it instead, or which field it is. A sentence. */
  reason: string
}

/** One system of the source document as objects of real engines. */
export interface SystemPlan {
  name: SystemName
  /** Type of its component in the Pulumi tree: `iv:system:Speech`. A part of every URN below it: never renamed. */
  component: `iv:system:${string}`
  /** In any order; the waves decide what is made first. */
  objects: readonly PlatformObject[]
  fidelity: readonly Fidelity[]
  /** What this cluster cannot be given exactly as specified. */
  findings: readonly Finding[]
}

/** What every system is planned from. */
export interface SystemContext {
  platform: Platform
  identity: RegionIdentity
}

/** Undefined where a region of this role does not have the system. */
export type SystemPlanner = (context: SystemContext) => SystemPlan | undefined

export interface SystemObjectName {
  name: string
  namespace?: string
  /** `app.kubernetes.io/name`; the object's own name if left out. */
  app?: string
  annotations?: Record<string, string>
}

/** The metadata of a system's object: marked as every other object of the region, as part of that system. */
export function systemMetadata(
  { identity }: SystemContext,
  system: SystemName,
  object: SystemObjectName,
): Metadata {
  return metadataOf(identity, { ...object, component: system })
}

export function idOf({ kind, metadata }: Pick<PlatformObject, 'kind' | 'metadata'>): ObjectId {
  return { kind, name: metadata.name }
}
