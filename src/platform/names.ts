import { createHash } from 'node:crypto'
import type { ShapeName } from '../spec/schema/pool.ts'
import type { TierName } from './tiers.ts'

/** What a label value, a namespace and most object names may have at most. */
export const longestName = 63

/**
 * Every Kubernetes and Pulumi name is made here. A name is the identity of a thing that runs: it is derived from
 * the specification alone, never random, and never changed for looks, because a renamed object is a deleted one.
 */
export function namespaceName(platform: string, tier: TierName): string {
  return legal(platform, tier)
}

/** Cluster-scoped, so that it carries the platform's name. */
export function priorityClassName(platform: string, priority: string): string {
  return legal(platform, priority.toLowerCase())
}

export function nodeName(region: string, shape: ShapeName, index: number): string {
  return legal(region, shape, String(index + 1))
}

/** The name of a resource in the Pulumi stack: unique per kind because the Kubernetes name is. */
export function resourceName(metadata: { name: string; namespace?: string }): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`
}

/** Parts joined by dashes; what is too long keeps its beginning and ends in a hash of the whole. */
export function legal(...parts: readonly string[]): string {
  const whole = parts.join('-')
  if (whole.length <= longestName) return whole
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 8)
  return `${whole.slice(0, longestName - 9).replace(/-+$/, '')}-${digest}`
}
