import { exitCodeOf, type Outcome } from '../exit-codes.ts'
import type { Failure, Finding } from '../failure.ts'

export const apiVersion = 'iv/v1'

/** The one JSON document that every command prints. Changes to it are additions only. */
export interface Envelope {
  apiVersion: typeof apiVersion
  /** Name of the shape of `data`; `Error` where a command never came as far as a result. */
  kind: string
  ok: boolean
  exitCode: number
  runId: string
  /** RFC 3339, UTC. */
  startedAt: string
  durationMs: number
  env: string | null
  regions: readonly string[]
  inputs: { configDigest: string | null; git: string | null; snapshot: string | null }
  data: unknown
  findings: readonly Finding[]
  error: EnvelopeError | null
}

export interface EnvelopeError {
  code: string
  message: string
  region: string | null
  retryable: boolean
  next: string | null
}

export interface EnvelopeInput {
  kind: string
  outcome: Outcome
  runId: string
  startedAt: Date
  durationMs: number
  environment: string | undefined
  regions: readonly string[]
  inputs?: { configDigest?: string; git?: string | undefined; snapshot?: string } | undefined
  data: unknown
  findings: readonly Finding[]
  error: Failure | undefined
}

export function makeEnvelope(input: EnvelopeInput): Envelope {
  return {
    apiVersion,
    kind: input.kind,
    ok: input.outcome === 'OK',
    exitCode: exitCodeOf(input.outcome),
    runId: input.runId,
    startedAt: input.startedAt.toISOString(),
    durationMs: Math.round(input.durationMs),
    env: input.environment ?? null,
    regions: input.regions,
    inputs: {
      configDigest: input.inputs?.configDigest ?? null,
      git: input.inputs?.git ?? null,
      snapshot: input.inputs?.snapshot ?? null,
    },
    data: input.data,
    findings: input.findings,
    error: input.error ? describe(input.error) : null,
  }
}

function describe(error: Failure): EnvelopeError {
  return {
    code: error.code,
    message: error.message,
    region: error.region ?? null,
    retryable: error.retryable,
    next: error.next ?? null,
  }
}
