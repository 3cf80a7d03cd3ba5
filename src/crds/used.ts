import { groupOf } from '../provider/object.ts'
import { catalogue } from './catalogue.ts'
import type { Component, ComponentName, DefinedKind } from './component.ts'

/** A kind that is no part of Kubernetes, as the platform uses it. */
export interface UsedKind {
  component: Component
  definition: DefinedKind
}

/** The groups that every API server has. Custom groups end on `.k8s.io` too, so nothing can be told from that. */
const builtInGroups: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
])

interface Typed {
  apiVersion: string
  kind: string
}

export function isCustom({ apiVersion }: Pick<Typed, 'apiVersion'>): boolean {
  return !builtInGroups.has(groupOf(apiVersion))
}

/**
 * The custom kinds among objects, each once, by the name of its component and its own.
 * @throws RangeError for a kind that the catalogue lacks: whoever emits it has to say who reconciles it.
 */
export function kindsUsed(objects: readonly Typed[]): UsedKind[] {
  const used = new Map<string, UsedKind>()
  for (const object of objects.filter(isCustom)) {
    used.set(`${groupOf(object.apiVersion)}/${object.kind}`, lookUp(object))
  }
  return [...used.values()].toSorted(
    (left, right) =>
      left.component.name.localeCompare(right.component.name) ||
      left.definition.kind.localeCompare(right.definition.kind),
  )
}

function lookUp({ apiVersion, kind }: Typed): UsedKind {
  const group = groupOf(apiVersion)
  const version = apiVersion.slice(group.length + 1)
  for (const component of catalogue) {
    const definition = component.kinds.find((each) => each.kind === kind && each.group === group)
    if (definition?.versions.includes(version)) return { component, definition }
  }
  throw new RangeError(`no component of the catalogue serves ${kind} of ${apiVersion}`)
}

/** Every kind of some components, whether or not anything uses it. */
export function kindsOfComponents(names: readonly ComponentName[]): UsedKind[] {
  return catalogue
    .filter(({ name }) => names.includes(name))
    .flatMap((component) => component.kinds.map((definition) => ({ component, definition })))
}
