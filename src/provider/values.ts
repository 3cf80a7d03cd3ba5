import type { JsonObject } from '../cluster/cluster.ts'
import { at, isRecord, withoutNulls } from './json.ts'
import type { Path } from './path.ts'
import { Struct, secretSignature, signatureKey, unknownValue } from './protocol.ts'

type StructMessage = InstanceType<typeof Struct>

/** Properties as the engine sends them, taken apart: the plain object, and where its secrets lie. */
export interface Properties {
  plain: JsonObject
  secrets: readonly Path[]
}

export function fromStruct(struct: StructMessage | undefined): Properties {
  return unwrap(struct?.toJavaScript() ?? {})
}

/** Through JSON, because the conversion throws on a property that is undefined. */
export function toStruct(value: JsonObject): StructMessage {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)))
}

/** Takes the secret wrappers off, and nulls away. */
export function unwrap(wrapped: unknown): Properties {
  const secrets: Path[] = []
  const visit = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]))
    if (!isRecord(value)) return value
    if (value[signatureKey] === secretSignature) {
      secrets.push(path)
      return visit(value['value'], path)
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key])]))
  }
  const plain = withoutNulls(visit(wrapped, []))
  return { plain: isRecord(plain) ? plain : {}, secrets }
}

/** Puts the wrappers back at these paths. Inside a secret nothing is wrapped again. */
export function wrap(plain: JsonObject, secrets: readonly Path[]): JsonObject {
  const marked = new Set(secrets.map((path) => JSON.stringify(path)))
  const visit = (value: unknown, path: Path): unknown => {
    if (marked.has(JSON.stringify(path))) return secret(value)
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]))
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key])]))
  }
  const wrapped = visit(plain, [])
  return isRecord(wrapped) ? wrapped : {}
}

function secret(value: unknown): JsonObject {
  return { [signatureKey]: secretSignature, value }
}

export function isUnknown(value: unknown): boolean {
  return value === unknownValue
}

export function hasUnknowns(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknowns)
  if (isRecord(value)) return Object.values(value).some(hasUnknowns)
  return isUnknown(value)
}

/**
 * Every path of a live object that must be secret: where the program has secrets, wherever the same text shows up
 * again, and the whole `data` of a Secret, which holds `stringData` encoded.
 */
export function secretPathsIn(live: JsonObject, inputs: Properties): Path[] {
  const texts = new Set(inputs.secrets.flatMap((path) => textsIn(at(inputs.plain, ...path))))
  const paths = [...inputs.secrets]
  if (live['kind'] === 'Secret') paths.push(['data'], ['stringData'])
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'string' && texts.has(value)) paths.push(path)
    else if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]))
    else if (isRecord(value)) for (const [key, item] of Object.entries(value)) visit(item, [...path, key])
  }
  if (texts.size > 0) visit(live, [])
  return paths.filter((path) => at(live, ...path) !== undefined)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : []
}
