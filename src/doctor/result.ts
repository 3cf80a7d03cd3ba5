import type { Writer } from '../report/report.ts'
import type { Style } from '../report/style.ts'
import type { Check, CheckStatus } from './check.ts'

export interface DoctorResult {
  checks: readonly Check[]
}

const words: Readonly<Record<CheckStatus, string>> = {
  ok: 'ok  ',
  warn: 'warn',
  fail: 'FAIL',
  skip: 'skip',
}

export const doctorWriter: Writer<DoctorResult> = {
  text({ checks }, style) {
    const width = Math.max(...checks.map((check) => check.id.length))
    return [...checks.flatMap((check) => linesOf(check, width, style)), '', summaryOf(checks)].join('\n')
  },
  markdown: ({ checks }) =>
    [
      '| status | check | found | what to do |',
      '|---|---|---|---|',
      ...checks.map((check) => `| ${check.status} | ${check.id} | ${check.detail} | ${check.hint ?? ''} |`),
    ].join('\n'),
}

function linesOf(check: Check, width: number, style: Style): string[] {
  const line = `${paint(check.status, style)}  ${check.id.padEnd(width)}  ${check.detail}`
  if (check.hint === undefined || check.status === 'ok') return [line]
  return [line, `${' '.repeat(6 + width)}  ${style.dim(`-> ${check.hint}`)}`]
}

function paint(status: CheckStatus, style: Style): string {
  const word = words[status]
  switch (status) {
    case 'ok':
      return style.good(word)
    case 'warn':
      return style.warn(word)
    case 'fail':
      return style.bad(word)
    case 'skip':
      return style.dim(word)
  }
}

function summaryOf(checks: readonly Check[]): string {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length
  return `${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failed, ${count('skip')} skipped`
}
