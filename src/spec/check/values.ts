import type { Specification } from '../schema/specification.ts'
import { poolRules } from './pools.ts'
import { regionRules } from './regions.ts'
import { tableRules } from './tables.ts'
import type { Conflict, Rule } from './rule.ts'

const rules: readonly Rule[] = [...poolRules, ...regionRules, ...tableRules]

export function conflictsIn(specification: Specification): Conflict[] {
  return rules.flatMap((rule) => rule(specification))
}
