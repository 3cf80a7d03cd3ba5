import type { JsonObject } from '../cluster/cluster.ts'
import { isEqual, isRecord } from './json.ts'
import { matchElements } from './lists.ts'
import type { Path } from './path.ts'
import { isSameQuantity } from './quantities.ts'

/** Objects that the server treats as one value: whoever applies them owns all of it, other keys included. */
const wholeObjects = new Set([
  'selector',
  'podSelector',
  'namespaceSelector',
  'labelSelector',
  'nodeSelector',
  'roleRef',
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
])

interface Place {
  path: Path
  /** Inside a value that is owned whole. */
  whole: boolean
}

/** One place seen three ways; undefined where there is nothing. */
interface Views {
  wanted: unknown
  recorded: unknown
  live: unknown
}

/**
 * The program's inputs as they are live now: for every field in the program its live value, and nothing else, so
 * that foreign labels and an autoscaler's replicas stay out and a changed or removed field shows.
 * Where the live value is what it was when last recorded, the program's own writing of it stays: whatever the
 * server made of it then (a quantity rewritten, a default added) is no difference now.
 */
export function liveInputs(inputs: JsonObject, recorded: JsonObject, live: JsonObject): JsonObject {
  const projected = project({ wanted: inputs, recorded, live }, { path: [], whole: false })
  return isRecord(projected) ? projected : {}
}

function project(views: Views, place: Place): unknown {
  const { wanted, recorded, live } = views
  if (isEqual(live, recorded)) return wanted
  if (isRecord(wanted) && isRecord(live)) return projectObject(wanted, { ...views, live }, place)
  if (Array.isArray(wanted) && Array.isArray(live)) return projectList(wanted, { ...views, live }, place)
  return isSameQuantity(place.path, wanted, live) ? wanted : live
}

function projectObject(wanted: JsonObject, views: Views & { live: JsonObject }, place: Place): JsonObject {
  const { live } = views
  const before = isRecord(views.recorded) ? views.recorded : {}
  const last = place.path.at(-1)
  const whole = place.whole || (typeof last === 'string' && wholeObjects.has(last))
  const others = whole ? Object.keys(live).filter((key) => !isEqual(live[key], before[key])) : []
  const result: JsonObject = {}
  for (const key of new Set([...Object.keys(wanted), ...others])) {
    const inner = { wanted: wanted[key], recorded: before[key], live: live[key] }
    const value = project(inner, { path: [...place.path, key], whole })
    if (value !== undefined) result[key] = value
  }
  return result
}

function projectList(
  wanted: readonly unknown[],
  views: Views & { live: readonly unknown[] },
  place: Place,
): unknown[] {
  const { live } = views
  const before: readonly unknown[] = Array.isArray(views.recorded) ? views.recorded : []
  const field = place.path.findLast((part) => typeof part === 'string')
  const matched = matchElements(field, wanted, live)
  if (!matched) {
    // Owned whole: another length is another value, so elements beyond the program's count as well.
    return live.map((item, index) => {
      if (index >= wanted.length) return item
      const inner = { wanted: wanted[index], recorded: before[index], live: item }
      return project(inner, { path: [...place.path, index], whole: true })
    })
  }
  const counterparts = matchElements(field, wanted, before) ?? []
  const projected = wanted.map((item, index) =>
    project(
      { wanted: item, recorded: counterparts[index], live: matched[index] },
      { path: [...place.path, index], whole: false },
    ),
  )
  return projected.filter((item) => item !== undefined)
}
