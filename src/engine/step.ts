import type { StepEventMetadata } from '@pulumi/pulumi/automation/events.js'
import type { Difference, Operation } from './engine.ts'

export interface StepSubject {
  urn: string
  /** `apps/v1:Deployment`, without the package. */
  type: string
  /** `namespace/name`, or `name`. */
  name: string
}

/** A replacement is three steps in the engine (`delete-replaced`, `replace`, `create-replacement`) and one to us. */
const operations: Readonly<Record<string, Operation>> = {
  create: 'create',
  import: 'create',
  update: 'update',
  replace: 'replace',
  'create-replacement': 'replace',
  'import-replacement': 'replace',
  'delete-replaced': 'replace',
  delete: 'delete',
  same: 'same',
}

/** Undefined for steps that neither change nor confirm anything, such as `refresh` and `read`. */
export function operationOf(step: StepEventMetadata): Operation | undefined {
  return operations[step.op]
}

/** Objects and providers are resources of a plugin; components and the stack only group. */
export function isObject(step: StepEventMetadata): boolean {
  return (step.new ?? step.old)?.custom === true
}

/** The middle step of a replacement only says that there is one. */
export function acts(step: StepEventMetadata): boolean {
  return step.op !== 'replace'
}

export function subjectOf(step: StepEventMetadata): StepSubject {
  return { urn: step.urn, type: step.type.replace(/^kubernetes:/, ''), name: nameOf(step) }
}

function nameOf(step: StepEventMetadata): string {
  for (const state of [step.new, step.old]) {
    const metadata: unknown = state?.inputs?.['metadata']
    const name = field(metadata, 'name')
    const namespace = field(metadata, 'namespace')
    if (name !== undefined) return namespace === undefined ? name : `${namespace}/${name}`
  }
  return urnName(step.urn)
}

export function labelOf(subject: StepSubject): string {
  return `${subject.type} ${subject.name}`
}

/** The provider names the object in each of its messages; beside a label that would be said twice. */
export function withoutName(message: string, subject: StepSubject): string {
  const named = `${subject.type.split(':').at(-1) ?? ''} ${subject.name}: `
  return message.startsWith(named) ? message.slice(named.length) : message
}

/** The last part of a URN: the name that the program gave. */
export function urnName(urn: string): string {
  return urn.split('::').at(-1) ?? urn
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found = (value as Record<string, unknown>)[name]
  return typeof found === 'string' ? found : undefined
}

/** `spec.template.spec.containers[0].image`: the paths that differ, sorted. */
export function pathsOf(step: StepEventMetadata): string[] {
  const paths = step.detailedDiff === undefined ? (step.diffs ?? []) : Object.keys(step.detailedDiff ?? {})
  return [...paths].filter((path) => !path.startsWith('__')).sort()
}

/** The values at each path before (from the live object, since it is read first) and after. Secrets arrive masked. */
export function differencesOf(step: StepEventMetadata): Difference[] {
  return pathsOf(step).map((path) => ({
    path,
    from: valueAt(step.old?.inputs, path),
    to: valueAt(step.new?.inputs, path),
  }))
}

/** Steps of `spec.containers[0].env` and of `metadata.labels["app.kubernetes.io/name"]`. */
const pathStep = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g

function valueAt(inputs: unknown, path: string): unknown {
  let value = inputs
  for (const [, quoted, index, plain] of path.matchAll(pathStep)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[quoted ?? index ?? plain ?? '']
  }
  return value
}
