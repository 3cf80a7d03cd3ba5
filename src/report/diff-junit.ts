import type { DiffData } from '../diff/result.ts'
import { diffSummary } from './diff-summary.ts'
import { junit } from './junit.ts'

/** One failing test case per object that differs; one that passes where none does. */
export function diffJunit(data: DiffData): string {
  const cases = data.objects.map(({ region, action, kind, namespace, name, patch }) => ({
    classname: region,
    name: `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`,
    failure: { type: action, message: `would be changed: ${action}`, text: patch },
  }))
  const none = [{ classname: data.environment, name: diffSummary(data) }]
  return junit('iv diff', cases.length === 0 ? none : cases)
}
