import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { lintJunit } from '../report/lint-junit.ts'
import { writeReportFile } from '../report-file.ts'
import type { Report } from '../report/report.ts'
import { loadPlatform, type LoadInput } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { placeOf } from './place.ts'
import type { LintFinding, LintResult } from './result.ts'
import type { LintRule, LintSeverity } from './rule.ts'
import { lintRules } from './rules.ts'

export interface LintInput extends LoadInput {
  /** Only these; all of them where it is empty. */
  rules?: readonly string[]
  failOn: LintSeverity
  /** Also written there, as JUnit XML. */
  junit?: string
}

/**
 * Checks the arithmetic of what the specification promises.
 * @throws Failure NOT_FOUND for a rule that there is not, OPERATION where the JUnit file cannot be written.
 */
export async function lint(
  input: LintInput,
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Report<LintResult>> {
  const rules = selectRules(input.rules ?? [])
  const platform = await loadPlatform(input, c)
  const data = lintResult(rules, platform)
  if (input.junit !== undefined) await writeReportFile(input.junit, lintJunit(data, input.failOn))
  const failing = data.errors.length + (input.failOn === 'warning' ? data.warnings.length : 0)
  const report: Report<LintResult> = {
    kind: 'LintResult',
    data,
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
  }
  if (failing === 0) return report
  const error = new Failure('POLICY', `${counted(data)} in what the specification promises`, {
    next: '`iv lint explain ID` says what the document says, what iv does instead, and why',
  })
  return { ...report, outcome: 'POLICY', error }
}

function lintResult(rules: readonly LintRule[], platform: Platform): LintResult {
  const found = rules.map((rule) => ({ rule, findings: findingsOf(rule, platform) }))
  const all = found.flatMap(({ findings }) => findings)
  return {
    rules: found.map(({ rule: { id, severity, title }, findings }) => ({
      id,
      severity,
      title,
      findings: findings.length,
    })),
    errors: all.filter(({ severity }) => severity === 'error'),
    warnings: all.filter(({ severity }) => severity === 'warning'),
  }
}

function findingsOf(rule: LintRule, platform: Platform): LintFinding[] {
  const specification: Specification = platform.specification
  return rule.check(specification).map(({ path, message, actual, limit }) => ({
    id: rule.id,
    severity: rule.severity,
    path,
    place: placeOf(platform, path),
    message,
    actual,
    limit,
    hint: rule.fix,
  }))
}

/** @throws Failure NOT_FOUND with the nearest id. */
export function selectRules(ids: readonly string[]): readonly LintRule[] {
  const known = lintRules.map(({ id }) => id)
  const unknown = ids.find((id) => !known.includes(id))
  if (unknown !== undefined) {
    throw new Failure('NOT_FOUND', `there is no rule ${JSON.stringify(unknown)}`, {
      next: suggestion(unknown, known),
    })
  }
  return ids.length === 0 ? lintRules : lintRules.filter(({ id }) => ids.includes(id))
}

function counted({ errors, warnings }: LintResult): string {
  const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
  return [
    errors.length > 0 && some(errors.length, 'error'),
    warnings.length > 0 && some(warnings.length, 'warning'),
  ]
    .filter((part) => part !== false)
    .join(' and ')
}
