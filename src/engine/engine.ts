import type { ClusterAccess, JsonObject } from '../cluster/cluster.ts'
import type { Hold } from '../lock/hold.ts'

/** `official`: the provider plugin of Pulumi; `bundled`: the one `iv` serves itself. */
export type ProviderChoice = 'official' | 'bundled'

/** The program of a stack: creates resources and returns the outputs. */
export type StackProgram = () => Promise<Record<string, unknown> | void>

/** Names one stack; `region` is for messages and events. */
export interface StackName {
  project: string
  stack: string
  region: string
}

export interface StackTarget extends StackName {
  program: StackProgram
  cluster: ClusterAccess
  provider: ProviderChoice
  /** The lock of the region, for operations that write: when it is lost, the engine is stopped. */
  hold?: Hold
}

/** What a stack remembers about itself from its first deploy on. */
export interface StackRecord {
  /** The provider that made it; undefined in a stack that `iv` did not make. */
  provider: ProviderChoice | undefined
  /** UID of `kube-system` in the cluster that it was made in. */
  clusterUid: string | undefined
}

export type Operation = 'create' | 'update' | 'replace' | 'delete' | 'same'

export type ChangeSummary = Readonly<Record<Operation, number>>

export interface ResourceChange {
  op: Exclude<Operation, 'same'>
  urn: string
  /** `apps/v1:Deployment`, without the package. */
  type: string
  /** Kubernetes name, `namespace/name` where namespaced. */
  name: string
  /** Property paths that differ. */
  paths: readonly string[]
  /** The same with their values; empty for what is created or deleted whole. */
  differences?: readonly Difference[]
}

export interface Difference {
  path: string
  /** As it is; undefined where the field is not there. */
  from: unknown
  /** As specified. */
  to: unknown
}

export interface EngineResult {
  /** Objects and the provider itself; groupings and the stack are not counted. */
  summary: ChangeSummary
  changes: readonly ResourceChange[]
  outputs: Readonly<Record<string, unknown>>
  durationMs: number
  /** What the engine itself keeps of a preview: given to `up`, it does these steps or fails. */
  bond?: Bond
  /** The only resources that were looked at. */
  targets?: readonly string[]
}

/** Absolute path of a file that belongs to this process. */
export type Bond = string & { readonly bond: unique symbol }

export interface PreviewOptions {
  /** Keep what was seen, so that `up` can be bound to it. */
  bind?: boolean
  /** URNs: nothing else is compared, nor changed by an `up` after this preview. */
  targets?: readonly string[]
}

/**
 * The port to Pulumi: one stack, one operation at a time. Failures of resources, of access, timeouts and
 * cancellations arrive as `Failure` with the matching code; nothing outside this folder reads engine texts.
 */
export interface Engine {
  /** Undefined when there is no such stack. */
  record(name: StackName): Promise<StackRecord | undefined>
  /** With live state read first. Changes nothing, and leaves nothing behind where there is no stack yet. */
  preview(target: StackTarget, options?: PreviewOptions): Promise<EngineResult>
  /**
   * With live state read first. Makes the stack where there is none, and writes `record` into it. After a
   * preview that was bound it takes no step that this did not show: `CHANGES` then; steps that were shown may be done
   * by that time.
   */
  up(target: StackTarget, record: StackRecord, seen?: EngineResult): Promise<EngineResult>
  previewDestroy(target: StackTarget): Promise<EngineResult>
  destroy(target: StackTarget): Promise<EngineResult>
  /** Objects that a cut run may have made without recording it: a destroy does not know them. */
  unrecorded(name: StackName): Promise<JsonObject[]>
  /** Objects that the state knows, `Kind namespace/name`; undefined where only the engine could tell. */
  recorded(name: StackName): Promise<ReadonlySet<string> | undefined>
  /** True after a run that was cut: what it did has to be read and recorded, even where nothing is to be changed. */
  isUnsettled(name: StackName): Promise<boolean>
  /** After a complete `up`, once `unrecorded` objects are gone: the state says all there is. */
  settle(name: StackName): Promise<void>
  /** True where an earlier run left the state half-written; only the holder of the lock may repair it. */
  isStateCut(name: StackName): Promise<boolean>
  repairState(target: StackTarget): Promise<void>
  /** Removes the engine's own lock, whoever made it: only for the holder of the region's lock. */
  unlock(target: StackTarget): Promise<void>
  /** Removes the stack and its history once nothing is left in it. */
  remove(name: StackName): Promise<void>
}
