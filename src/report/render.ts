import type { FileChange } from '../render/compare.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'

export interface RenderData {
  /** The tree's folder, absolute. */
  folder: string
  /** False with `--check`. */
  written: boolean
  /** The whole tree of the regions, sorted by path. */
  files: readonly { path: string; sha256: string; kind: string; namespace: string | null; name: string }[]
  /** Of all files, so that two trees can be compared by it. */
  digest: string
  changed: readonly FileChange[]
}

const longestList = 30

export const renderWriter: Writer<RenderData> = {
  text: (data, style) => [...changeLines(data, style, longestList), summary(data)].join('\n'),
  wide: (data, style) => [...changeLines(data, style, data.changed.length), summary(data)].join('\n'),
}

function changeLines({ changed }: RenderData, style: Style, longest: number): string[] {
  const lines = changed.slice(0, longest).map((change) => changeLine(change, style))
  const left = changed.length - lines.length
  return left === 0 ? lines : [...lines, style.dim(`… and ${left} more: --output wide shows all`)]
}

function changeLine({ path, change }: FileChange, style: Style): string {
  if (change === 'added') return style.good(`+ ${path}`)
  return change === 'changed' ? style.warn(`~ ${path}`) : style.bad(`- ${path}`)
}

function summary({ folder, written, files, digest, changed }: RenderData): string {
  const of = (kind: FileChange['change']): number => changed.filter(({ change }) => change === kind).length
  const counts = `${of('added')} added, ${of('changed')} changed, ${of('removed')} removed`
  return `${written ? 'wrote' : 'checked'} ${folder}: ${files.length} files, ${counts}\n${digest}`
}
