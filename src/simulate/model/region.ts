import type { Breaker } from './breaker.ts'
import type { GpuPool } from './gpu.ts'
import type { Pool } from './pool.ts'
import type { Fleet } from './servers.ts'

/** Components whose failure the ladder knows. */
export const components = ['asr', 'tts', 'llm', 'evaluation'] as const
export type Component = (typeof components)[number]

/** What the name servers answer for candidates of a region, and what they answered before. */
export interface DnsRecord {
  /** Index of a region; −1 where there is none to name. */
  answer: number
  before: number
  changedAt: number
}

/** How a region's database reaches the one that takes over. */
export interface Link {
  /** Index of the region that takes over; −1 for none. */
  to: number
  synchronous: boolean
  cutAt: number
  /** From then on commits no longer wait for the other side; −1 while they do. */
  degradedAt: number
}

/** One region in a run. Times are virtual milliseconds; −1 stands for never. */
export interface Region {
  index: number
  name: string
  zones: readonly string[]
  alive: boolean
  lostAt: number
  aliveSince: number
  sfu: Fleet
  asr: Pool
  tts: Pool
  llm: GpuPool
  evaluation: Pool
  fallback: Pool
  api: Pool
  /** Mean wait of a request for an API server's core, from the load of the last second. */
  apiWaitMs: number
  apiUtilization: number
  breakers: Readonly<Record<'asr' | 'tts' | 'llm', Breaker>>
  dns: DnsRecord
  /** Whether the name servers take it for healthy, and failed checks in a row. */
  believed: boolean
  dnsMisses: number
  link: Link
  /** Interviews that it serves now. */
  active: number
  /** Interviews below level 1. */
  lowered: number
}
