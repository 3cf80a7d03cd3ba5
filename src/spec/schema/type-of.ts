import { globalRegistry, type z } from 'zod'
import { unwrap } from './walk.ts'

const plain: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  boolean: 'true or false',
  object: 'map',
  record: 'map of names',
  array: 'list',
}

interface Details {
  entries?: Readonly<Record<string, string>>
  values?: readonly unknown[]
  element?: z.core.$ZodType
}

/** What may be written, in a word or two: `duration`, `whole number ≥ 1`, `media | speech`. */
export function typeOf(schema: z.core.$ZodType): string {
  const { schema: inner, type } = unwrap(schema)
  const title = globalRegistry.get(inner)?.title
  if (title !== undefined) return title
  const def = inner._zod.def as unknown as Details
  if (def.entries) return Object.values(def.entries).join(' | ')
  if (type === 'literal') return (def.values ?? []).map(String).join(' | ')
  if (type === 'array' && def.element) return `list of ${typeOf(def.element)}`
  if (type === 'number') return numberType(inner)
  return plain[type] ?? type
}

function numberType(schema: z.core.$ZodType): string {
  const { def } = schema._zod as unknown as { def: { format?: string; checks?: readonly Check[] } }
  const least = limitOf(def.checks, 'greater_than')
  const most = limitOf(def.checks, 'less_than')
  const whole = def.format === 'safeint'
  const bounds = [
    least === undefined ? '' : `${least.inclusive ? '≥' : '>'} ${least.value}`,
    most === undefined ? '' : `${most.inclusive ? '≤' : '<'} ${most.value}`,
  ].filter((bound) => bound !== '')
  return [whole ? 'whole number' : 'number', bounds.join(', ')].join(' ').trim()
}

interface Check {
  _zod: { def: { check: string; value?: number; inclusive?: boolean } }
}

function limitOf(
  checks: readonly Check[] = [],
  kind: string,
): { value: number; inclusive: boolean } | undefined {
  const def = checks.map((check) => check._zod.def).findLast(({ check }) => check === kind)
  return def?.value === undefined ? undefined : { value: def.value, inclusive: def.inclusive ?? false }
}
