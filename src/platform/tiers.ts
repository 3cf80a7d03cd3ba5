import type { PoolName } from '../spec/schema/pool.ts'
import type { RegionRole } from '../spec/schema/region.ts'
import { type WorkloadName, workloadNames } from '../spec/schema/workload.ts'
import type { WorkName } from './work.ts'

/** A tier is a namespace: what shares its network policy and its pod-security level. */
const tierNames = ['media', 'speech', 'inference', 'evaluation', 'application'] as const
export type TierName = (typeof tierNames)[number]

const tiers: Readonly<Record<WorkName, TierName>> = {
  sfu: 'media',
  asr: 'speech',
  tts: 'speech',
  llm: 'inference',
  evaluation: 'evaluation',
  api: 'application',
  conductor: 'application',
  'session-router': 'application',
  /** Joins sessions as a participant does, so it needs no host network. */
  recording: 'application',
  'fallback-speech': 'speech',
  notification: 'application',
  batch: 'evaluation',
}

export function tierOf(name: WorkName): TierName {
  return tiers[name]
}

const everyPool: readonly PoolName[] = ['sfu', 'asr', 'tts', 'llm', 'evaluation', 'api']

/**
 * The pools that run in a region of this role. `edge` is media only. `dr` is the cold site for a complete
 * outage: namespaces, policies and priorities stand there, pools start when it is activated (the hour of its
 * recovery objective pays for that; a second set of GPU nodes at rest would not be paid for by anything).
 */
export function poolsOfRole(role: RegionRole): readonly PoolName[] {
  switch (role) {
    case 'primary':
    case 'standby':
    case 'active':
      return everyPool
    case 'edge':
      return ['sfu']
    case 'dr':
      return []
  }
}

/** The workloads beside the pools: wherever all pools are, because they lead interviews and follow them up. */
export function workloadsOfRole(role: RegionRole): readonly WorkloadName[] {
  return poolsOfRole(role).length === everyPool.length ? workloadNames : []
}

/** The tiers of a region: those of its pools; a cold site prepares them all. */
export function tiersOfRole(role: RegionRole): readonly TierName[] {
  if (role === 'dr') return tierNames
  const used = new Set(poolsOfRole(role).map(tierOf))
  return tierNames.filter((tier) => used.has(tier))
}
