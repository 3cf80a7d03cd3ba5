/** One media server. */
export interface LivePod {
  name: string
  /** Null while it waits for one. */
  node: string | null
  /** Sessions on it, as it says itself. */
  sessions: number
  /** It takes no new sessions and goes when the last one has ended. */
  draining: boolean
}

/** What a change does to live sessions. */
export interface LiveImpact {
  pool: string
  /** The servers that would be succeeded. */
  pods: readonly LivePod[]
  sessions: number
  /** Ready nodes of the pool's shape with no server on them. */
  spareNodes: number
  /** So many are needed for every successor to start while the old servers drain. */
  neededNodes: number
  fits: boolean
}

/** For people, one line each. */
export function impactLines(impact: LiveImpact): string[] {
  const { pool, pods, sessions, spareNodes, neededNodes, fits } = impact
  return [
    `${pool}: ${pods.length} servers with ${sessions} sessions are succeeded; they drain until the last session has ended`,
    ...pods.map((pod) => `  ${pod.name} on ${pod.node ?? 'no node'}: ${pod.sessions} sessions`),
    `needs ${neededNodes} spare nodes, ${spareNodes} are free${fits ? '' : ': refused'}`,
  ]
}
