import { isCustom } from '../crds/used.ts'
import type { PlannedObject } from './objects.ts'

/** A Secret that objects of the plan name. Nothing of the plan makes it: no secret value is ever part of one. */
export interface SecretReference {
  namespace: string
  name: string
  /** Those that are asked for by name; empty where the whole Secret is meant. */
  keys: readonly string[]
  /** Who names it: `Gateway gateway`. */
  by: readonly string[]
}

interface Found {
  name: string
  namespace?: string | undefined
  key?: string | undefined
}

/** Fields whose `{ name, key }` is a key of a Secret: of pods, KEDA, CloudNativePG, Velero. */
const keyFields = /secret|password|credential|accessKeyId|^ssl(Key|Cert|RootCert)$/i

/** Every Secret that objects refer to, once each, with the keys that are asked for. */
export function secretReferences(objects: readonly PlannedObject[]): SecretReference[] {
  const found = new Map<string, { namespace: string; name: string; keys: Set<string>; by: Set<string> }>()
  const made = madeByOperators(objects)
  for (const object of objects) {
    for (const { name, namespace = object.metadata.namespace ?? '', key } of referencesIn('', object)) {
      const id = `${namespace}/${name}`
      if (made.has(id)) continue
      const entry = found.get(id) ?? { namespace, name, keys: new Set(), by: new Set() }
      if (key !== undefined) entry.keys.add(key)
      entry.by.add(`${object.kind} ${object.metadata.name}`)
      found.set(id, entry)
    }
  }
  return [...found.values()]
    .map(({ keys, by, ...id }) => ({ ...id, keys: [...keys].toSorted(), by: [...by].toSorted() }))
    .toSorted((left, right) =>
      `${left.namespace}/${left.name}` < `${right.namespace}/${right.name}` ? -1 : 1,
    )
}

/** CloudNativePG makes these itself for every cluster. */
function madeByOperators(objects: readonly PlannedObject[]): Set<string> {
  const clusters = objects.filter((object) => isCustom(object) && object.kind === 'Cluster')
  return new Set(
    clusters.flatMap(({ metadata: { namespace, name } }) =>
      ['app', 'superuser', 'ca', 'server', 'replication'].map((suffix) => `${namespace}/${name}-${suffix}`),
    ),
  )
}

function referencesIn(field: string, value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(field, item))
  if (typeof value !== 'object' || value === null) return []
  const node = value as Record<string, unknown>
  if (node['optional'] === true) return []
  return [
    ...ownReference(field, node),
    ...Object.entries(node).flatMap(([name, inner]) => referencesIn(name, inner)),
  ]
}

function ownReference(field: string, node: Record<string, unknown>): Found[] {
  const { name, key, kind, namespace, secretName } = node as Record<string, string | undefined>
  if (typeof secretName === 'string') return [{ name: secretName }]
  if (typeof name !== 'string') return []
  const isWhole = field === 'secretRef' || field === 'imagePullSecrets' || field === 'certificateRefs'
  if (isWhole && (kind ?? 'Secret') === 'Secret') return [{ name, namespace }]
  return typeof key === 'string' && keyFields.test(field) ? [{ name, key }] : []
}
