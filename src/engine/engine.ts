import type { ClusterAccess } from '../cluster/cluster.ts'

/** `official`: the provider plugin of Pulumi; `bundled`: the one `iv` serves itself. */
export type ProviderChoice = 'official' | 'bundled'

/** The program of a stack: creates resources and returns the outputs. */
export type StackProgram = () => Promise<Record<string, unknown> | void>

export interface StackTarget {
  project: string
  stack: string
  region: string
  program: StackProgram
  cluster: ClusterAccess
  provider: ProviderChoice
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
}

export interface EngineResult {
  summary: ChangeSummary
  changes: readonly ResourceChange[]
  outputs: Readonly<Record<string, unknown>>
  durationMs: number
}

/**
 * The port to Pulumi: one stack, one operation at a time. Failures of resources, of access, timeouts and
 * cancellations arrive as `Failure` with the matching code; nothing outside this folder reads engine texts.
 */
export interface Engine {
  /** With live state read first. Changes nothing. */
  preview(target: StackTarget): Promise<EngineResult>
  /** With live state read first. */
  up(target: StackTarget): Promise<EngineResult>
  previewDestroy(target: StackTarget): Promise<EngineResult>
  destroy(target: StackTarget): Promise<EngineResult>
  /** Removes the stack and its history once nothing is left in it. */
  remove(target: Pick<StackTarget, 'project' | 'stack' | 'region'>): Promise<void>
}
