import type { z } from 'zod'
import type { Finding } from '../../failure.ts'
import { specification } from '../schema/specification.ts'
import { isRemovable, schemaAt } from '../schema/walk.ts'
import { isTree, join } from '../tree.ts'
import { findingsOf, type Checked } from './issues.ts'

/** Checks one layer by itself against a schema in which everything is optional. */
export function checkShape(checked: Checked & { schema: z.ZodType }): Finding[] {
  const findings: Finding[] = []
  const value = withoutNulls(checked.value, '', (path) => {
    if (!mayBeRemoved(path)) findings.push(empty(path, checked))
  })
  const result = checked.schema.safeParse(value)
  if (!result.success) findings.push(...findingsOf(result.error.issues, checked))
  return findings
}

const environment = /^environments(\.[^.]+)?$/

/** Whether a value can do without is said by the complete schema; in a layer everything can. */
function mayBeRemoved(path: string): boolean {
  return environment.test(path) || isRemovable(specification, inSpecification(path))
}

/** A key that there is not is refused as such, with the nearest: that it has no value is no second fault. */
function isKey(path: string): boolean {
  return environment.test(path) || schemaAt(specification, inSpecification(path)) !== undefined
}

function inSpecification(path: string): string {
  return path.replace(/^environments\.[^.]+\./, '')
}

function empty(path: string, { places }: Checked): Finding {
  return {
    id: 'IV-SPEC-004',
    severity: 'error',
    path,
    place: places.placeOf(path),
    message: `${path} has no value`,
    actual: 'null',
    hint: 'give it one, or leave the key out to keep the default',
  }
}

/** `null` means "remove the default"; what it may remove is decided by `found`. */
function withoutNulls(node: unknown, path: string, found: (path: string) => void): unknown {
  if (Array.isArray(node)) return node
  if (!isTree(node)) return node
  const kept = Object.entries(node).filter(([key, value]) => {
    if (value !== null || !isKey(join(path, key))) return true
    found(join(path, key))
    return false
  })
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNulls(value, join(path, key), found)]))
}
