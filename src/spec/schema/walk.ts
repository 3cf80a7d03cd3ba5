import type { z } from 'zod'

/** What a schema is made of, as far as paths and explanations need it. */
export interface Node {
  schema: z.core.$ZodType
  type: string
  optional: boolean
  description: string | undefined
}

/** Takes `optional` and pipes off: the schema that says what may be written. */
export function unwrap(schema: z.core.$ZodType): Node {
  let current = schema
  let optional = false
  let description = descriptionOf(current)
  for (;;) {
    const { def } = current._zod as { def: { type: string; innerType?: unknown; in?: unknown } }
    if (def.type === 'optional' && def.innerType) {
      optional = true
      current = def.innerType as z.core.$ZodType
    } else if (def.type === 'pipe' && def.in) current = def.in as z.core.$ZodType
    else return { schema: current, type: def.type, optional, description }
    description ??= descriptionOf(current)
  }
}

/** The keys of a map with fixed keys; undefined for maps with free names and for everything else. */
export function keysOf(schema: z.core.$ZodType): string[] | undefined {
  const { schema: inner, type } = unwrap(schema)
  return type === 'object' ? Object.keys(shapeOf(inner)) : undefined
}

/** The schema at a dotted path; free names and list positions match their element. */
export function schemaAt(root: z.core.$ZodType, path: string): z.core.$ZodType | undefined {
  if (path === '') return root
  return path
    .split('.')
    .reduce<z.core.$ZodType | undefined>((schema, key) => schema && childOf(schema, key), root)
}

export function childOf(schema: z.core.$ZodType, key: string): z.core.$ZodType | undefined {
  const { schema: inner, type } = unwrap(schema)
  if (type === 'object') return Object.hasOwn(shapeOf(inner), key) ? shapeOf(inner)[key] : undefined
  const { def } = inner._zod as unknown as {
    def: { valueType?: z.core.$ZodType; element?: z.core.$ZodType }
  }
  if (type === 'record') return def.valueType
  if (type === 'array') return /^\d+$/.test(key) ? def.element : undefined
  return undefined
}

/** May this path be removed with `null`? Names in a free map and optional values may. */
export function isRemovable(root: z.core.$ZodType, path: string): boolean {
  const cut = path.lastIndexOf('.')
  const parent = schemaAt(root, path.slice(0, Math.max(0, cut)))
  if (!parent) return false
  const own = childOf(parent, path.slice(cut + 1))
  return own !== undefined && (unwrap(parent).type === 'record' || unwrap(own).optional)
}

function shapeOf(schema: z.core.$ZodType): Record<string, z.core.$ZodType> {
  return (schema as unknown as { def: { shape: Record<string, z.core.$ZodType> } }).def.shape
}

function descriptionOf(schema: z.core.$ZodType): string | undefined {
  return (schema as { description?: string }).description
}
