import { Quantity } from '../units/quantity.ts'
import type { Path } from './path.ts'

/** Fields whose values are quantities, which the server writes in its own way: `1000m` comes back as `1`. */
const quantityFields = new Set([
  'requests',
  'limits',
  'capacity',
  'hard',
  'default',
  'defaultRequest',
  'maxLimitRequestRatio',
  'sizeLimit',
  'averageValue',
  'podFixed',
  'divisor',
])

/** True when the server would store both alike. Only in fields known for it: in a ConfigMap `1` is not `1000m`. */
export function isSameQuantity(path: Path, left: unknown, right: unknown): boolean {
  if (!path.some((part) => typeof part === 'string' && quantityFields.has(part))) return false
  const [first, second] = [left, right].map((value) =>
    typeof value === 'string' || typeof value === 'number' ? Quantity.parse(String(value)) : undefined,
  )
  return first !== undefined && second !== undefined && first.amount === second.amount
}
