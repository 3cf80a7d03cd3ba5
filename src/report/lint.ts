import type { LintFinding, LintResult } from '../lint/result.ts'
import { cell } from './markdown.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

export const lintWriter: Writer<LintResult> = {
  text(result, style) {
    const blocks = findingsIn(result).map((finding) => findingText(finding, style))
    return [...blocks, summary(result, style)].join('\n')
  },
  wide(result, style) {
    const rows = table(
      result.rules,
      [
        { title: 'RULE', value: ({ id }) => id },
        { title: 'SEVERITY', value: ({ severity }) => severity },
        { title: 'FOUND', value: ({ findings }) => String(findings), align: 'right' },
        { title: 'WHAT MUST HOLD', value: ({ title }) => title },
      ],
      style,
    )
    return [
      ...findingsIn(result).map((finding) => findingText(finding, style)),
      rows,
      summary(result, style),
    ].join('\n')
  },
  markdown(result) {
    const rows = findingsIn(result).map(
      ({ severity, id, message, place, path, hint }) =>
        `| ${severity} | ${id} | ${cell(message)} | \`${place}\` \`${path}\` | ${cell(hint)} |`,
    )
    const head = ['| Severity | Rule | Finding | Place | Fix |', '|---|---|---|---|---|']
    const sentence = `**${counts(result)}**`
    return rows.length === 0 ? sentence : [sentence, '', ...head, ...rows].join('\n')
  },
}

function findingsIn({ errors, warnings }: LintResult): readonly LintFinding[] {
  return [...errors, ...warnings]
}

function findingText({ severity, id, message, place, path, hint }: LintFinding, style: Style): string {
  const word = severity === 'error' ? style.bad('error  ') : style.warn('warning')
  return [
    `${word}  ${style.bold(id)}  ${message}`,
    `         ${style.dim(`${place}  ${path}`)}`,
    `         fix: ${hint}`,
  ].join('\n')
}

function summary(result: LintResult, style: Style): string {
  const good = result.errors.length + result.warnings.length === 0
  return good ? `${style.good('ok')}  ${counts(result)}` : counts(result)
}

function counts({ rules, errors, warnings }: LintResult): string {
  return `rules checked: ${rules.length}, errors: ${errors.length}, warnings: ${warnings.length}`
}
