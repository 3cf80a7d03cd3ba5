import type { Finding } from '../../failure.ts'
import { editDistance } from '../../nearest.ts'
import { isTree, join, valueAt } from '../tree.ts'
import type { Places } from './issues.ts'

/** Maps whose names are free, so that a typo makes a new entry instead of an unknown key. */
const freeMaps = [
  'regions',
  'circuitBreakers',
  'degradation.transitions',
  'degradation.triggers',
  'scenarios',
  'costStrategies',
  'milestones',
] as const

/**
 * A name that is one slip away from a default which stays beside it is taken for a typo. Digits are no slips:
 * `us-east2` and `concurrent-50000` are names of their own.
 */
export function slippedNames(written: unknown, known: unknown, places: Places): Finding[] {
  return freeMaps.flatMap((map) => {
    const names = keys(valueAt(written, map))
    const others = keys(valueAt(known, map)).filter((other) => !names.includes(other))
    return names
      .filter((name) => valueAt(known, join(map, name)) === undefined)
      .flatMap((name) => {
        const meant = others.filter((other) => isSlip(name, other))
        return meant.length === 0 ? [] : [slipped({ map, name, meant, place: places.keyPlaceOf(map, name) })]
      })
  })
}

function slipped({
  map,
  name,
  meant,
  place,
}: {
  map: string
  name: string
  meant: string[]
  place: string
}): Finding {
  return {
    id: 'IV-SPEC-005',
    severity: 'error',
    path: join(map, name),
    place,
    message: `${join(map, name)} would be a new entry beside the default ${meant.join(', ')}`,
    actual: name,
    hint: `did you mean ${meant.join(' or ')}? if not, remove the default with ${meant[0] ?? ''}: null`,
  }
}

function isSlip(name: string, other: string): boolean {
  const letters = (text: string): string => text.replaceAll(/\d/g, '')
  return editDistance(name, other) === 1 && letters(name) !== letters(other)
}

function keys(map: unknown): string[] {
  return isTree(map) ? Object.keys(map) : []
}
