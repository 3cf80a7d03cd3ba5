import type { GateData, GateRow } from '../gate/result.ts'
import { cell, marker } from './markdown.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

export const gateWriter: Writer<GateData> = {
  text: (data, style) =>
    table(
      data.gates,
      [
        { title: 'GATE', value: ({ id }) => id },
        { title: 'VERDICT', value: ({ verdict }) => verdict, paint: paintOf },
        { title: 'DEMANDED', value: ({ required }) => (required ? 'yes' : 'no') },
        { title: 'WHY', value: whyOf },
      ],
      style,
    ),
  markdown: gateMarkdown,
}

const words = { allow: '✅ allow', deny: '❌ deny', defer: '⏳ defer', unknown: '❔ unknown' } as const

/** With a hidden first line by which a pipeline finds its comment again. */
export function gateMarkdown({ environment, from, gates }: GateData): string {
  const rows = gates.map(
    (row) => `| ${row.id} | ${words[row.verdict]} | ${row.required ? 'yes' : 'no'} | ${cell(whyOf(row))} |`,
  )
  return [
    marker(`gate ${environment}`),
    `### iv gate: ${environment}`,
    '',
    ...(from === null ? [] : [`Change since ${from}.`, '']),
    '| Gate | Verdict | Demanded | Why |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

export function whyOf({ reason, until }: GateRow): string {
  return until === null ? reason : `${reason}; ask again after ${until}`
}

function paintOf({ verdict, required }: GateRow, style: Style): (text: string) => string {
  if (verdict === 'allow') return style.good
  return verdict === 'deny' || required ? style.bad : style.warn
}
