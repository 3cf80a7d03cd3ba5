import { isRecord } from './json.ts'
import type { Path } from './path.ts'
import { isSameQuantity } from './quantities.ts'

export interface Change {
  path: Path
  kind: 'add' | 'update' | 'delete'
}

/** What differs, at the highest place where one side has nothing, else at the values themselves. */
export function changesBetween(before: unknown, after: unknown, path: Path = []): Change[] {
  if (before === undefined && after === undefined) return []
  if (before === undefined) return [{ path, kind: 'add' }]
  if (after === undefined) return [{ path, kind: 'delete' }]
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, index) =>
      changesBetween(before[index], after[index], [...path, index]),
    ).flat()
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
    return keys.flatMap((key) => changesBetween(before[key], after[key], [...path, key]))
  }
  return before === after || isSameQuantity(path, before, after) ? [] : [{ path, kind: 'update' }]
}
