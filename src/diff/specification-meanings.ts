import { changesBetween } from '../provider/compare.ts'
import { at } from '../provider/json.ts'
import { formatPath, type Path } from '../provider/path.ts'
import type { Meaning, Sides } from './meaning.ts'

/** Beyond it nobody reads on; the objects below show what came of the rest. */
const most = 30

/** Said better by the rows about pools and about what restarts. */
const saidElsewhere = /^pools\.\w+\.instances\.|^(pools|workloads)\..+\.image$/

/** Every other value of the specification that differs, wherever it shows. */
export function specificationMeanings({ before, after }: Sides): Meaning[] {
  const [old, next] = [before, after].map((side): unknown => JSON.parse(JSON.stringify(side.specification)))
  const rows = changesBetween(old, next)
    .map(({ path }) => rowOf(path, old, next))
    .filter(({ what }) => !saidElsewhere.test(what))
  const left = rows.length - most
  if (left <= 0) return rows
  return [...rows.slice(0, most), { what: `${left} more values`, from: null, to: null, effect: null }]
}

function rowOf(path: Path, old: unknown, next: unknown): Meaning {
  const [from, to] = [at(old, ...path), at(next, ...path)].map(textOf)
  return { what: formatPath(path), from: from ?? null, to: to ?? null, effect: null }
}

function textOf(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? 'there' : JSON.stringify(value)
}
