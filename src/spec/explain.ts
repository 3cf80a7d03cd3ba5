import type { z } from 'zod'
import type { Collaborators } from '../collaborators.ts'
import { Failure, isFailure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import type { Report } from '../report/report.ts'
import { defaultAt } from './layers/defaults.ts'
import { loadPlatform, type LoadInput } from './load.ts'
import type { Origin } from './platform.ts'
import { file } from './schema/file.ts'
import { specification } from './schema/specification.ts'
import { typeOf } from './schema/type-of.ts'
import { childOf, keysOf, schemaAt, unwrap } from './schema/walk.ts'
import { valueAt } from './tree.ts'

export interface Explanation {
  path: string
  /** Absent only where the path says it all. */
  description?: string
  type: string
  /** The default, and its place in the source document or the assumption behind it. */
  default?: unknown
  source?: string
  /** What is in effect in the environment; absent while the specification has errors. */
  value?: unknown
  origin?: Origin
  keys: readonly { key: string; type: string; description?: string }[]
}

/**
 * What the value at a path means. Free names stand for any name: `regions.NAME.role`.
 * @throws Failure USAGE for a path that the schema does not have.
 */
export async function explainPath(
  input: LoadInput & { path: string },
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Report<Explanation>> {
  const { path } = input
  const schema = schemaFor(path)
  const entry = entryOf(schema)
  const keys = (keysOf(entry) ?? []).map((key) => {
    const child = childOf(entry, key) ?? entry
    return { key, type: typeOf(child), ...described(child) }
  })
  const data: Explanation = {
    path,
    ...described(schema),
    type: typeOf(schema),
    ...defaultAt(path),
    ...(await effective(input, c)),
    keys,
  }
  return { kind: 'ConfigExplanation', data, environment: input.environment }
}

/** Of a list or a map of names, what an entry looks like is what people want to know. */
function entryOf(schema: z.core.$ZodType): z.core.$ZodType {
  const { type } = unwrap(schema)
  return type === 'array' || type === 'record' ? (childOf(schema, '0') ?? schema) : schema
}

function schemaFor(path: string): z.core.$ZodType {
  const root = path.startsWith('environments') ? file : specification
  let walked = ''
  for (const key of path.split('.')) {
    const parent = schemaAt(root, walked) ?? root
    const next = walked === '' ? key : `${walked}.${key}`
    if (!childOf(parent, key)) throw noSuchPath(path, key, keysOf(parent) ?? [])
    walked = next
  }
  return schemaAt(root, path) ?? root
}

export function noSuchPath(path: string, key: string, known: readonly string[]): Failure {
  const where = path === key ? 'the specification' : path
  return new Failure('USAGE', `no ${JSON.stringify(key)} in ${where}`, { next: suggestion(key, known) })
}

function described(schema: z.core.$ZodType): { description?: string } {
  const { description } = unwrap(schema)
  return description === undefined ? {} : { description }
}

/** An explanation is most wanted while the file has errors, so those only cost the value in effect. */
async function effective(
  input: LoadInput & { path: string },
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<{ value?: unknown; origin?: Origin }> {
  try {
    const platform = await loadPlatform(input, c)
    const value = valueAt(platform.specification, input.path)
    return value === undefined ? {} : { value, origin: platform.originOf(input.path) }
  } catch (error) {
    if (isFailure(error) && error.code === 'USAGE') return {}
    throw error
  }
}
