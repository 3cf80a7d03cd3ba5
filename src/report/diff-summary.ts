import type { DiffData, DiffRow } from '../diff/result.ts'

/** `against the cluster: 1 created, 2 updated, 0 deleted, 409 the same`. */
export function diffSummary({ counts, from }: DiffData): string {
  const { create, update, delete: deleted, same } = counts
  if (create + update + deleted === 0) return `no difference to ${from}: ${same} objects are the same`
  return `against ${from}: ${create} created, ${update} updated, ${deleted} deleted, ${same} the same`
}

/** `update Deployment interview-media/sfu`. */
export function rowTitle({ action, kind, namespace, name }: DiffRow): string {
  return `${action} ${kind} ${namespace === null ? '' : `${namespace}/`}${name}`
}
