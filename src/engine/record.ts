import type { ProviderChoice, StackRecord } from './engine.ts'

/** One tag on the stack, in the engine's own tag store: every backend has it, and it survives a failed first deploy. */
export const recordTag = 'iv:record'

export function formatRecord(record: StackRecord): string {
  return JSON.stringify({ provider: record.provider, clusterUid: record.clusterUid })
}

/** A tag that is missing, or that somebody else wrote, is a stack that `iv` did not make. */
export function parseRecord(tag: string | undefined): StackRecord {
  const fields = parsed(tag)
  const { provider, clusterUid } = fields
  return {
    provider: isProvider(provider) ? provider : undefined,
    clusterUid: typeof clusterUid === 'string' ? clusterUid : undefined,
  }
}

function parsed(tag: string | undefined): { provider?: unknown; clusterUid?: unknown } {
  try {
    const value: unknown = JSON.parse(tag ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function isProvider(value: unknown): value is ProviderChoice {
  return value === 'official' || value === 'bundled'
}
