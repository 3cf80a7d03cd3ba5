import { z } from 'zod'
import { file } from './schema/file.ts'
import { specification } from './schema/specification.ts'
import { childOf, unwrap } from './schema/walk.ts'
import { isTree } from './tree.ts'

type Json = Record<string, unknown>

/** The published JSON Schema (draft 2020-12) of `iv.yaml`, for editors and for other programs. */
export function jsonSchema(): Json {
  const schema = z.toJSONSchema(file, {
    io: 'input',
    override({ zodSchema, jsonSchema: json }) {
      // `name: null` takes a default away.
      if (zodSchema._zod.def.type !== 'record' || typeof json.additionalProperties !== 'object') return
      json.additionalProperties = { anyOf: [json.additionalProperties, { type: 'null' }] }
    },
  })
  describe(schema, specification)
  return { ...schema, title: 'iv.yaml', description: 'Specification of a platform; everything is optional.' }
}

/** Making everything optional loses what is said about maps: it is taken from the complete schema again. */
function describe(json: Json, schema: z.core.$ZodType): void {
  const { description } = unwrap(schema)
  if (description !== undefined) json['description'] ??= description
  const below: [key: string, child: unknown][] = isTree(json['properties'])
    ? Object.entries(json['properties'])
    : []
  const free = json['additionalProperties']
  if (isTree(free)) below.push(['*', Array.isArray(free['anyOf']) ? free['anyOf'][0] : free])
  if (isTree(json['items'])) below.push(['0', json['items']])
  for (const [key, child] of below) {
    const childSchema = childOf(schema, key)
    if (childSchema && isTree(child)) describe(child, childSchema)
  }
}
