import type { Meaning } from '../diff/meaning.ts'
import type { DiffData, DiffRow } from '../diff/result.ts'
import { diffSummary, rowTitle } from './diff-summary.ts'
import { cell, fenced, marker } from './markdown.ts'

/**
 * A comment of at most so many bytes: what the change means, then the objects, each folded. The same difference in
 * several regions is shown once. What has no room is counted, never cut in the middle.
 */
export function diffMarkdown(data: DiffData, maxBytes: number): string {
  const head = [
    marker(`diff ${data.environment}`),
    `### iv diff: ${data.environment}`,
    '',
    `${cell(diffSummary(data))}.`,
    ...meanings(data.semantic),
  ].join('\n')
  const blocks = grouped(data.objects).map(({ rows, text }) => ({ size: rows.length, text }))
  const roomForTail = 300
  const shown: string[] = []
  let left = maxBytes - Buffer.byteLength(head) - roomForTail
  let hidden = 0
  for (const { size, text } of blocks) {
    const bytes = Buffer.byteLength(text) + 2
    if (hidden === 0 && bytes <= left) {
      shown.push(text)
      left -= bytes
    } else hidden += size
  }
  return [head, ...shown, ...tail(hidden, data)].join('\n\n')
}

function meanings(rows: readonly Meaning[]): string[] {
  if (rows.length === 0) return []
  const line = ({ what, from, to, effect }: Meaning): string =>
    `| ${[what, from ?? '–', to ?? '–', effect ?? ''].map(cell).join(' | ')} |`
  return ['', '| What | From | To | Effect |', '|---|---|---|---|', ...rows.map(line)]
}

function grouped(objects: readonly DiffRow[]): { rows: DiffRow[]; text: string }[] {
  // Lines around a difference may name the region: that makes no other difference of it.
  const groups = Map.groupBy(objects, (row) => `${rowTitle(row)} ${row.patch.replaceAll(row.region, '')}`)
  return [...groups.values()].map((rows) => ({ rows, text: block(rows) }))
}

function block(rows: readonly DiffRow[]): string {
  const [first] = rows
  if (!first) return ''
  const where = rows.map(({ region }) => region).join(', ')
  const title = `${rowTitle(first)} (${where})`
  return `<details><summary>${title}</summary>\n\n${fenced(first.patch, 'diff')}\n\n</details>`
}

function tail(hidden: number, { environment }: DiffData): string[] {
  if (hidden === 0) return []
  const objects = hidden === 1 ? '1 more object differs' : `${hidden} more objects differ`
  return [`**${objects}** and has no room here: \`iv diff --env ${environment}\` shows all.`]
}
