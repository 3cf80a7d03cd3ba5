import type { JsonObject } from '../cluster/cluster.ts'

/** A CustomResourceDefinition of `apiextensions.k8s.io/v1`, as far as `iv` looks into it. */
export interface Definition {
  apiVersion: 'apiextensions.k8s.io/v1'
  kind: 'CustomResourceDefinition'
  metadata: { name: string; annotations?: Record<string, string> }
  spec: {
    group: string
    names: { kind: string; plural: string; singular?: string; listKind?: string }
    scope: 'Namespaced' | 'Cluster'
    versions: readonly DefinedVersion[]
    [field: string]: unknown
  }
}

export interface DefinedVersion {
  name: string
  served: boolean
  storage: boolean
  schema?: { openAPIV3Schema: JsonObject }
  [field: string]: unknown
}

/**
 * The definition without the descriptions in its schemas. They are more than half of the text, an API server keeps
 * them several times over in memory, and nothing is validated by them.
 */
export function withoutDescriptions(definition: Definition): Definition {
  const versions = definition.spec.versions.map((version) =>
    version.schema
      ? { ...version, schema: { openAPIV3Schema: trim(version.schema.openAPIV3Schema) } }
      : version,
  )
  return { ...definition, spec: { ...definition.spec, versions } }
}

/** Fields of a schema that hold schemas by name: what stands there under `description` is a field of that name. */
const named = new Set(['properties', 'patternProperties', 'definitions'])
/** Fields that hold a schema or a list of them. */
const nested = new Set(['items', 'additionalProperties', 'allOf', 'anyOf', 'oneOf', 'not'])

function trim(schema: JsonObject): JsonObject {
  const kept = Object.entries(schema).filter(
    ([field, value]) => field !== 'description' || typeof value !== 'string',
  )
  return Object.fromEntries(
    kept.map(([field, value]) => {
      if (named.has(field) && isObject(value)) return [field, mapValues(value, trimAny)]
      return [field, nested.has(field) ? trimAny(value) : value]
    }),
  )
}

function trimAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimAny)
  return isObject(value) ? trim(value) : value
}

function mapValues(object: JsonObject, map: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([field, value]) => [field, map(value)]))
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
