export interface Cell {
  text: string
  line: number
  column: number
}

/** RFC 4180: commas, quotes doubled inside quotes, lines ended by LF or CRLF. Blank lines and `#` lines are left out. */
export function parseCsv(text: string): Cell[][] {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let line = 1
  let lineStart = 0
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, raw = '', end] = match
    const quoted = raw.startsWith('"') && raw.endsWith('"') && raw.length > 1
    row.push({
      text: quoted ? raw.slice(1, -1).replaceAll('""', '"') : raw.trim(),
      line,
      column: match.index - lineStart + 1,
    })
    line += raw.split('\n').length - 1
    if (end === ',') continue
    rows.push(row)
    row = []
    line += 1
    lineStart = match.index + whole.length
    if (lineStart >= text.length) break
  }
  return rows.filter((cells) => cells.some((cell) => cell.text !== '') && !cells[0]?.text.startsWith('#'))
}
