import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import { textAt } from './json.ts'
import { groupOf, idOf, referenceOf } from './object.ts'
import type { Session } from './session.ts'

/**
 * Why these inputs can be no object, as far as no server needs to be asked. Names are never made up: after a crash
 * nothing could find such an object again.
 */
export function checkInputs(inputs: JsonObject, urn: string): string | undefined {
  const reference = referenceOf(inputs)
  if (reference.apiVersion === '' || reference.kind === '') return 'an object needs apiVersion and kind'
  const type = urn.split('::')[2]?.split('$').at(-1) ?? ''
  if (type.endsWith('Patch') || type.endsWith(':List')) {
    return `${type} is not served by the bundled provider: use --provider official`
  }
  return reference.name === undefined ? `${objectName(reference)} needs a fixed metadata.name` : undefined
}

/** Remembers what this program brings along, so that a preview does not miss what is only planned. */
export function notePlanned(session: Session, urn: string, inputs: JsonObject): void {
  const { kind, name } = referenceOf(inputs)
  session.wanted.set(objectKey(inputs), urn)
  if (kind === 'Namespace' && name !== undefined) session.planned.add(plannedNamespace(name))
  if (kind !== 'CustomResourceDefinition') return
  const group = textAt(inputs, 'spec', 'group') ?? ''
  session.planned.add(plannedKind(group, textAt(inputs, 'spec', 'names', 'kind') ?? ''))
}

/** The same for every version of an API: `apps Deployment media/sfu`. */
export function objectKey(object: JsonObject): string {
  const { apiVersion, kind } = referenceOf(object)
  return `${groupOf(apiVersion)} ${kind} ${idOf(object)}`
}

export function plannedNamespace(name: string): string {
  return `namespace ${name}`
}

export function plannedKind(group: string, kind: string): string {
  return `kind ${group}/${kind}`
}
