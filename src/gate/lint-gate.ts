import { lint } from '../lint/lint.ts'
import type { Gate } from './verdict.ts'

/** Whether everything that the specification promises can hold at once. */
export const lintGate: Gate = async ({ input }, c) => {
  const { data } = await lint({ ...input, allowLocalState: true, failOn: 'error' }, c)
  const [first] = data.errors
  const warnings = data.warnings.length === 0 ? '' : `, ${data.warnings.length} warnings`
  if (!first) return { verdict: 'allow', reason: `${data.rules.length} rules hold${warnings}` }
  const more = data.errors.length === 1 ? '' : ` (and ${data.errors.length - 1} more)`
  return { verdict: 'deny', reason: `${first.id}: ${first.message}${more}`, findings: data.errors }
}
