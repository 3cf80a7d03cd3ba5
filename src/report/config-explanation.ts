import type { Explanation } from '../spec/explain.ts'
import { originText } from './config-origin.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

export const explanationWriter: Writer<Explanation> = {
  text(explanation, style) {
    const { path, type, description, keys } = explanation
    const head = `${style.bold(path)}  ${style.dim(type)}`
    const facts = [
      fact('default', explanation.default, explanation.source),
      fact('value', explanation.value, explanation.origin && originText(explanation.origin)),
    ]
    const lines = [head, description ?? '', ...facts].filter((line) => line !== '')
    return keys.length === 0 ? lines.join('\n') : [...lines, '', keyTable(keys, style)].join('\n')
  },
}

const longest = 60

function fact(name: string, value: unknown, source: string | undefined): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // A whole map on one line helps nobody: `iv config view PATH` shows it.
  if (text.length > longest) return ''
  return `${name.padEnd(8)} ${text}${source === undefined ? '' : `  (${source})`}`
}

function keyTable(keys: Explanation['keys'], style: Style): string {
  return table(
    keys,
    [
      { title: 'KEY', value: ({ key }) => key },
      { title: 'TYPE', value: ({ type }) => type },
      { title: 'MEANING', value: ({ description }) => description ?? '' },
    ],
    style,
  )
}
