import type { JsonObject } from '../../cluster/cluster.ts'
import { listAt, textAt } from '../json.ts'

export interface Condition {
  status: string
  reason: string
  message: string
}

export function conditionOf(object: JsonObject, type: string): Condition | undefined {
  const found = listAt(object, 'status', 'conditions').find((item) => textAt(item, 'type') === type)
  if (found === undefined) return undefined
  return {
    status: textAt(found, 'status') ?? 'Unknown',
    reason: textAt(found, 'reason') ?? '',
    message: textAt(found, 'message') ?? '',
  }
}

export function isTrue(object: JsonObject, type: string): boolean {
  return conditionOf(object, type)?.status === 'True'
}

/** `reason: message`, whichever of them there is. */
export function explain(condition: Condition): string {
  return [condition.reason, condition.message].filter((part) => part !== '').join(': ')
}
