import type { Style } from './style.ts'

export interface Column<R> {
  title: string
  value: (row: R) => string
  align?: 'left' | 'right'
  paint?: (row: R, style: Style) => ((text: string) => string) | undefined
}

/** Left-aligned unless said otherwise, two spaces between columns, nothing after the last one. */
export function table<R>(rows: readonly R[], columns: readonly Column<R>[], style: Style): string {
  const cells = rows.map((row) => columns.map((column) => column.value(row)))
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((line) => line[index]?.length ?? 0)),
  )
  const pad = (text: string, index: number): string => {
    const width = widths[index] ?? 0
    if (columns[index]?.align === 'right') return text.padStart(width)
    return index === columns.length - 1 ? text : text.padEnd(width)
  }
  const header = style.dim(columns.map((column, index) => pad(column.title, index)).join('  '))
  const body = rows.map((row, line) =>
    columns
      .map((column, index) => {
        const text = pad(cells[line]?.[index] ?? '', index)
        return (column.paint?.(row, style) ?? ((same: string) => same))(text)
      })
      .join('  ')
      .trimEnd(),
  )
  return [header.trimEnd(), ...body].join('\n')
}
