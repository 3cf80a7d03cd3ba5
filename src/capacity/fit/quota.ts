import type { Amounts, SnapshotPod, SnapshotQuota } from '../../snapshot/snapshot.ts'

/** Running sums of the quotas of a cluster, as pods are added. */
export class Quotas {
  readonly #quotas: readonly SnapshotQuota[]
  readonly #used: Map<SnapshotQuota, Record<string, number>>

  constructor(quotas: readonly SnapshotQuota[]) {
    this.#quotas = quotas
    this.#used = new Map(quotas.map((quota) => [quota, { ...quota.used }]))
  }

  /** Counts the pod in. @returns why no such pod may be made instead, where a quota of its namespace is used up. */
  admit(pod: SnapshotPod): string | undefined {
    const own = this.#quotas.filter(({ namespace }) => namespace === pod.namespace)
    for (const quota of own) {
      const over = Object.entries(quota.hard).find(
        ([key, most]) => (this.#used.get(quota)?.[key] ?? 0) + asked(pod.requests, key) > most,
      )
      if (over) return `quota ${quota.name}: ${over[0]}`
    }
    for (const quota of own) {
      const used = this.#used.get(quota) ?? {}
      for (const key of Object.keys(quota.hard)) used[key] = (used[key] ?? 0) + asked(pod.requests, key)
    }
    return undefined
  }
}

/** What one pod takes of an entry of a quota; nothing of entries about other kinds of object. */
function asked(requests: Amounts, key: string): number {
  if (key === 'pods' || key === 'count/pods') return 1
  return requests[key.replace(/^requests\./, '')] ?? 0
}
