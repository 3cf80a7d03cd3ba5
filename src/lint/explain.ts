import type { Collaborators } from '../collaborators.ts'
import { isFailure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { loadPlatform, type LoadInput } from '../spec/load.ts'
import { lint, selectRules } from './lint.ts'
import type { LintFinding } from './result.ts'
import type { LintRule } from './rule.ts'

export interface LintExplanation extends Omit<LintRule, 'check'> {
  /** In the environment that was asked about; null while the specification has errors. */
  findings: readonly LintFinding[] | null
}

/**
 * What a rule is about: what the source document says, what `iv` does instead and why.
 * @throws Failure NOT_FOUND for a rule that there is not.
 */
export async function explainRule(
  input: LoadInput & { id: string },
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Report<LintExplanation>> {
  const id = input.id.toUpperCase()
  const [rule] = selectRules([id])
  if (!rule) throw new Error(`selectRules() gave no rule for ${id}`)
  const { check: _, ...told } = rule
  const findings = await findingsNow({ ...input, id }, c)
  return { kind: 'LintExplanation', data: { ...told, findings }, environment: input.environment }
}

/** An explanation is wanted while the file has errors too. */
async function findingsNow(
  input: LoadInput & { id: string },
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<readonly LintFinding[] | null> {
  try {
    await loadPlatform(input, c)
  } catch (error) {
    if (isFailure(error) && error.code === 'USAGE') return null
    throw error
  }
  const { data } = await lint({ ...input, rules: [input.id], failOn: 'error' }, c)
  return [...data.errors, ...data.warnings]
}
