import type { JsonObject } from '../cluster/cluster.ts'
import { annotations } from '../names.ts'

/** A difference that somebody wants for a time: as JSON in the annotation `iv.dev/hold` of the object. */
export interface Hold {
  owner: string
  /** RFC 3339, UTC. */
  until: string
  reason: string
  /** The field that is held, with all below it. */
  path: string
}

/** Undefined where there is none, or none that can be read: a hold without owner and end explains nothing. */
export function readHold(object: JsonObject): Hold | undefined {
  const notes = (object['metadata'] as { annotations?: Record<string, string> } | undefined)?.annotations
  const text = notes?.[annotations.hold]
  if (text === undefined) return undefined
  try {
    const { owner, until, reason, path } = JSON.parse(text) as Record<string, unknown>
    if (typeof owner !== 'string' || typeof until !== 'string' || Number.isNaN(Date.parse(until)))
      return undefined
    return {
      owner,
      until,
      reason: typeof reason === 'string' ? reason : '',
      path: typeof path === 'string' ? path : 'spec.replicas',
    }
  } catch {
    return undefined
  }
}

export function covers({ path: held, until }: Hold, path: string, now: Date): boolean {
  if (Date.parse(until) <= now.getTime()) return false
  return path === held || path.startsWith(`${held}.`) || path.startsWith(`${held}[`)
}
