import { canonicalJson } from '../spec/digest.ts'

/** Any Kubernetes object. */
export interface DiffObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; [field: string]: unknown }
  [field: string]: unknown
}

export type Action = 'create' | 'update' | 'delete'

/** One object that is not the same on both sides. */
export interface Change {
  region: string
  action: Action
  kind: string
  namespace: string | null
  name: string
  before: DiffObject | undefined
  after: DiffObject | undefined
}

/** The objects of a region on both sides, told apart by kind, namespace and name; sorted by them. */
export function changesIn(
  region: string,
  before: readonly DiffObject[],
  after: readonly DiffObject[],
): Change[] {
  const old = new Map(before.map((object) => [keyOf(object), object]))
  const next = new Map(after.map((object) => [keyOf(object), object]))
  return [...new Set([...old.keys(), ...next.keys()])].toSorted().flatMap((key) => {
    const change = changeOf(region, old.get(key), next.get(key))
    return change === undefined ? [] : [change]
  })
}

export function changeOf(
  region: string,
  before: DiffObject | undefined,
  after: DiffObject | undefined,
): Change | undefined {
  const object = after ?? before
  if (!object || (before && after && canonicalJson(before) === canonicalJson(after))) return undefined
  const { kind, metadata } = object
  const action = before ? (after ? 'update' : 'delete') : 'create'
  return { region, action, kind, namespace: metadata.namespace ?? null, name: metadata.name, before, after }
}

/** Another version of the same group is the same object. */
export function keyOf({ apiVersion, kind, metadata }: DiffObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return [kind, group, metadata.namespace ?? '', metadata.name].join(' ')
}
