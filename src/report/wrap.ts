/**
 * Breaks a text at blanks so that no line is wider. The first keeps the blanks it begins with, further ones have
 * `indent`; a word that is longer than a line keeps one to itself.
 */
export function wrapped(text: string, width: number, indent = 0): string[] {
  const [first = ''] = /^ */.exec(text) ?? []
  const lines: string[] = []
  let line = first
  for (const word of text.trim().split(/ (?! )/)) {
    const longer = line.trim() === '' ? `${line}${word}` : `${line} ${word}`
    if (longer.length <= width || line.trim() === '') line = longer
    else {
      lines.push(line)
      line = `${' '.repeat(indent)}${word}`
    }
  }
  return [...lines, line]
}
