import type { z } from 'zod'
import type { Finding } from '../../failure.ts'
import { nearestAll, suggestion } from '../../nearest.ts'
import { keysOf, schemaAt } from '../schema/walk.ts'
import { join, valueAt } from '../tree.ts'

/** Where the values of a tree stand. */
export interface Places {
  placeOf(path: string): string
  keyPlaceOf(path: string, key: string): string
}

export interface Checked {
  schema: z.core.$ZodType
  value: unknown
  places: Places
}

/** What zod found, in the words of the specification: path, place, offending value, what is allowed. */
export function findingsOf(issues: readonly z.core.$ZodIssue[], checked: Checked): Finding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(path, key, checked))
    }
    if (issue.code === 'invalid_key') return [badName(path, issue.issues, checked)]
    return [wrongValue(path, issue, checked)]
  })
}

function unknownKey(path: string, key: string, { schema, places }: Checked): Finding {
  const at = schemaAt(schema, path)
  const allowed = (at && keysOf(at)) ?? []
  return {
    id: 'IV-SPEC-001',
    severity: 'error',
    path: join(path, key),
    place: places.keyPlaceOf(path, key),
    message: `unknown key ${JSON.stringify(key)}${path === '' ? '' : ` in ${path}`}`,
    actual: key,
    limit: allowed.join(', '),
    hint: suggestion(key, allowed),
  }
}

function badName(path: string, issues: readonly z.core.$ZodIssue[], { places }: Checked): Finding {
  const name = path.slice(path.lastIndexOf('.') + 1)
  const rule = issues[0]?.message ?? 'another name'
  return {
    id: 'IV-SPEC-002',
    severity: 'error',
    path,
    place: places.keyPlaceOf(path.slice(0, Math.max(0, path.lastIndexOf('.'))), name),
    message: `${path} cannot be a name: it takes ${rule}`,
    actual: name,
    limit: rule,
  }
}

function wrongValue(path: string, issue: z.core.$ZodIssue, { value, places }: Checked): Finding {
  const actual = valueAt(value, path)
  const base = { severity: 'error', path, place: places.placeOf(path) } as const
  if (actual === undefined) {
    const limit = allowedBy(issue)
    return { id: 'IV-SPEC-003', ...base, message: `${path} is missing: it takes ${limit}`, limit }
  }
  const limit = allowedBy(issue)
  return {
    id: 'IV-SPEC-002',
    ...base,
    message: `${path === '' ? 'a specification' : path} cannot be ${shown(actual)}: it takes ${limit}`,
    actual: shown(actual),
    limit,
    ...hintFor(actual, issue),
  }
}

function allowedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return alternatives(issue.values.map(String))
  if (issue.code === 'invalid_type') return article(issue.expected)
  if (issue.code === 'too_small')
    return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
  if (issue.code === 'too_big')
    return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`
  if (issue.code === 'invalid_union') {
    return alternatives(issue.errors.flatMap((errors) => errors.slice(0, 1).map(allowedBy)))
  }
  return issue.message
}

function alternatives(texts: readonly string[]): string {
  return [...new Set(texts)].join(' or ')
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys',
  record: 'a map of names',
  array: 'a list',
}

function article(expected: string): string {
  return words[expected] ?? expected
}

function hintFor(actual: unknown, issue: z.core.$ZodIssue): { hint?: string } {
  if (issue.code === 'invalid_value' && typeof actual === 'string') {
    return didYouMean(actual, issue.values.map(String))
  }
  const quotable = typeof actual === 'number' || typeof actual === 'boolean'
  if (issue.code === 'invalid_type' && issue.expected === 'string' && quotable) {
    return { hint: `write it in quotes: "${actual}"` }
  }
  return {}
}

function didYouMean(written: string, allowed: readonly string[]): { hint?: string } {
  const near = nearestAll(written, allowed)
  return near.length === 0 ? {} : { hint: `did you mean ${near.join(' or ')}?` }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
