import type { LintExplanation } from '../lint/explain.ts'
import type { Writer } from './report.ts'

export const lintExplanationWriter: Writer<LintExplanation> = {
  text(told, style) {
    const { id, severity, title, findings } = told
    const head = `${style.bold(id)}  ${style.dim(severity)}`
    const parts = sections(told).map(
      ([name, text]) => `${style.bold(name)}\n  ${wrapped(text, style.width - 2)}`,
    )
    return [head, title, ...parts, `${style.bold('now')}\n  ${now(findings)}`].join('\n')
  },
  markdown(told) {
    const parts = sections(told).map(([name, text]) => `- **${name}**: ${text}`)
    return [`## ${told.id}`, '', told.title, '', ...parts, `- **now**: ${now(told.findings)}`].join('\n')
  },
}

function sections(told: LintExplanation): [string, string][] {
  return [
    ['the document says', told.document],
    ['iv does', told.resolution],
    ['why', told.why],
    ['what must hold', told.formula],
    ['fix', told.fix],
  ]
}

function now(findings: LintExplanation['findings']): string {
  if (findings === null) return 'not known: the specification has errors, see: iv config validate'
  if (findings.length === 0) return 'it holds'
  return findings.map(({ place, path, message }) => `${place} ${path}: ${message}`).join('\n  ')
}

function wrapped(text: string, width: number): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join('\n  ')
}
