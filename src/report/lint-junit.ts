import type { LintFinding, LintResult } from '../lint/result.ts'
import type { LintSeverity } from '../lint/rule.ts'
import { junit, type TestCase } from './junit.ts'

/** One test case per rule. What is below `failOn` is said in the output of a passing case. */
export function lintJunit({ rules, errors, warnings }: LintResult, failOn: LintSeverity): string {
  const all = [...errors, ...warnings]
  const cases = rules.map(({ id, title, severity }): TestCase => {
    const own = all.filter((finding) => finding.id === id)
    const passed = { classname: id, name: title }
    if (own.length === 0) return passed
    const text = own.map(lineOf).join('\n')
    const fails = severity === 'error' || failOn === 'warning'
    if (!fails) return { ...passed, output: `${severity}: ${text}` }
    return { ...passed, failure: { type: severity, message: own[0]?.message ?? '', text } }
  })
  return junit('iv lint', cases)
}

function lineOf({ place, path, message, hint }: LintFinding): string {
  return `${place} ${path}: ${message}. Fix: ${hint}`
}
