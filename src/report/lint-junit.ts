import type { LintFinding, LintResult } from '../lint/result.ts'
import type { LintSeverity } from '../lint/rule.ts'

/** One test case per rule. What is below `failOn` is said in the output of a passing case. */
export function lintJunit({ rules, errors, warnings }: LintResult, failOn: LintSeverity): string {
  const all = [...errors, ...warnings]
  const cases = rules.map((rule) => {
    const own = all.filter(({ id }) => id === rule.id)
    const fails = own.length > 0 && (rule.severity === 'error' || failOn === 'warning')
    return { fails, text: testCase({ ...rule, fails }, own) }
  })
  const failures = cases.filter(({ fails }) => fails).length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="iv lint" tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="iv lint" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`,
    ...cases.map(({ text }) => text),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(
  { id, title, severity, fails }: { id: string; title: string; severity: LintSeverity; fails: boolean },
  findings: readonly LintFinding[],
): string {
  const head = `    <testcase classname="${id}" name="${escaped(title)}"`
  if (findings.length === 0) return `${head}/>`
  const lines = findings.map(({ place, path, message, hint }) => `${place} ${path}: ${message}. Fix: ${hint}`)
  const text = escaped(lines.join('\n'))
  const first = escaped(findings[0]?.message ?? '')
  const body = fails
    ? `<failure type="${severity}" message="${first}">${text}</failure>`
    : `<system-out>${severity}: ${text}</system-out>`
  return `${head}>\n      ${body}\n    </testcase>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
}
