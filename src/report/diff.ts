import type { Meaning } from '../diff/meaning.ts'
import type { DiffData, DiffRow } from '../diff/result.ts'
import { diffMarkdown } from './diff-markdown.ts'
import { diffSummary, rowTitle } from './diff-summary.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'

/** Room for a comment: GitHub takes 65,536 characters, and a pipeline may want to add a line of its own. */
export const defaultMaxBytes = 60_000

export const diffWriter: Writer<DiffData> = {
  text(data, style) {
    const meanings = data.semantic.map((row) => meaningText(row, style)).join('\n')
    const blocks = data.objects.map((row) => blockText(row, style))
    return [meanings, ...blocks, diffSummary(data)].filter((part) => part !== '').join('\n\n')
  },
  markdown: (data) => diffMarkdown(data, defaultMaxBytes),
}

/** `sfu maximum  12 → 20: +8 media nodes`. */
function meaningText({ what, from, to, effect }: Meaning, style: Style): string {
  const values = from === null && to === null ? '' : `  ${from ?? 'nothing'} → ${to ?? 'nothing'}`
  return `${style.bold(what)}${values}${effect === null ? '' : `: ${effect}`}`
}

function blockText(row: DiffRow, style: Style): string {
  const lines = row.patch
    .split('\n')
    .map((line) => (line.startsWith('+') ? style.good(line) : line.startsWith('-') ? style.bad(line) : line))
  return [style.bold(`${row.region}: ${rowTitle(row)}`), ...lines].join('\n')
}
