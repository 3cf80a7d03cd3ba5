import type { JsonObject, ObjectReference } from '../cluster/cluster.ts'
import { annotations } from '../names.ts'
import { isRecord, textAt } from './json.ts'

export function referenceOf(object: JsonObject): ObjectReference {
  return {
    apiVersion: textAt(object, 'apiVersion') ?? '',
    kind: textAt(object, 'kind') ?? '',
    namespace: textAt(object, 'metadata', 'namespace'),
    name: textAt(object, 'metadata', 'name'),
  }
}

/** `apps` of `apps/v1`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

/** The engine's id of an object: `namespace/name`, or the name alone. */
export function idOf(object: JsonObject): string {
  const { namespace, name } = referenceOf(object)
  return namespace === undefined ? (name ?? '') : `${namespace}/${name}`
}

/** What an id and a resource type say, for an import, where nothing else is known. */
export function referenceOfId(urn: string, id: string): ObjectReference {
  const type = urn.split('::')[2]?.split('$').at(-1) ?? ''
  const [, version = '', kind = ''] = type.split(':')
  const [namespace, name] = id.includes('/') ? id.split('/') : [undefined, id]
  return { apiVersion: version.replace(/^core\//, ''), kind, namespace, name }
}

export function annotation(object: JsonObject, key: string): string | undefined {
  return textAt(object, 'metadata', 'annotations', key)
}

/** True when both name the same stack: what makes an object that exists already ours. */
export function isSameOwner(live: JsonObject, wanted: JsonObject): boolean {
  const owner = annotation(wanted, annotations.stack)
  return owner !== undefined && annotation(live, annotations.stack) === owner
}

export function isDeleting(object: JsonObject): boolean {
  return textAt(object, 'metadata', 'deletionTimestamp') !== undefined
}

export function isSkipAwait(object: JsonObject): boolean {
  return annotation(object, 'pulumi.com/skipAwait') === 'true'
}

/** Without what only the server writes and nobody reads: it is half of every object, and changes all the time. */
export function withoutNoise(live: JsonObject): JsonObject {
  if (!isRecord(live['metadata'])) return live
  const { managedFields: _fields, annotations: notes, ...metadata } = live['metadata']
  if (!isRecord(notes)) return { ...live, metadata }
  // kubectl keeps a whole copy there, which for a Secret is its data in clear.
  const { 'kubectl.kubernetes.io/last-applied-configuration': _applied, ...kept } = notes
  return {
    ...live,
    metadata: { ...metadata, ...(Object.keys(kept).length > 0 ? { annotations: kept } : {}) },
  }
}
