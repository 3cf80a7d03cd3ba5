import { isRecord } from '../provider/json.ts'
import { matchElements } from '../provider/lists.ts'
import type { Path } from '../provider/path.ts'
import { isSameQuantity } from '../provider/quantities.ts'

/** Whether a live object holds everything that is wanted; what the server and others added beside it does not count. */
export function covers(live: unknown, wanted: unknown, path: Path = []): boolean {
  if (wanted === undefined || wanted === null) return true
  if (Array.isArray(wanted)) return coversList(live, wanted, path)
  if (isRecord(wanted)) {
    if (!isRecord(live)) return false
    return Object.entries(wanted).every(([key, value]) => covers(live[key], value, [...path, key]))
  }
  return live === wanted || isSameQuantity(path, live, wanted)
}

function coversList(live: unknown, wanted: readonly unknown[], path: Path): boolean {
  if (!Array.isArray(live)) return wanted.length === 0 && live === undefined
  const field = path.at(-1)
  const matched = matchElements(typeof field === 'string' ? field : undefined, wanted, live)
  if (!matched && live.length !== wanted.length) return false
  return wanted.every((item, index) => covers(matched ? matched[index] : live[index], item, [...path, index]))
}

interface Entry {
  manager?: string
  operation?: string
  subresource?: string
  fieldsV1?: unknown
}

/** Who applied the object, as server-side apply tells; undefined where nobody did. */
export function applierOf(managedFields: readonly Entry[], ignored: ReadonlySet<string>): Entry | undefined {
  return managedFields.find(
    ({ manager, operation, subresource }) =>
      operation === 'Apply' && subresource === undefined && !ignored.has(manager ?? ''),
  )
}

/**
 * Whether every field that was applied is still wanted: one that is not would be removed by the next apply.
 * `owned` is a `fieldsV1`: `f:name` a field, `k:{…}` an element by its keys, `v:…` an element by its value.
 */
export function stillWants(wanted: unknown, owned: unknown): boolean {
  if (!isRecord(owned)) return true
  return Object.entries(owned).every(([key, below]) => {
    if (key === '.') return wanted !== undefined
    const value = elementAt(wanted, key)
    return value !== undefined && stillWants(value, below)
  })
}

function elementAt(wanted: unknown, key: string): unknown {
  const [kind, rest] = [key.slice(0, 2), key.slice(2)]
  if (kind === 'f:') return isRecord(wanted) ? wanted[rest] : undefined
  if (!Array.isArray(wanted)) return undefined
  const sought: unknown = JSON.parse(rest)
  if (kind === 'v:') return wanted.find((item) => item === sought)
  const keys = Object.entries(isRecord(sought) ? sought : {})
  return wanted.find(
    (item) => isRecord(item) && keys.every(([name, value]) => (item[name] ?? fallback[name]) === value),
  )
}

/** Keys that the server fills in before it looks for them. */
const fallback: Readonly<Record<string, unknown>> = { protocol: 'TCP' }
