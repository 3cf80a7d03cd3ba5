/** Size of text in a plot, in its own units; the style sheet says the same. */
export const textSize = 12

/** Widths of characters in parts of the text size, on the wide side of what sans-serif fonts have. */
const narrow = /[ijl.,:;'|!()[\]/ ]/
const wide = /[MWmw%@—]/

/** How wide a text is at most; a page is drawn without a font at hand. */
export function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + textSize * characterWidth(character), 0)
}

function characterWidth(character: string): number {
  if (narrow.test(character)) return 0.4
  return wide.test(character) ? 1 : 0.66
}

/** The text, or as much of its start as fits, with an ellipsis. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const characters = Array.from(text)
  while (characters.length > 0 && widthOf(`${characters.join('')}…`) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** `1,234.5`: enough for an axis and for a table. */
export function plain(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 })
}
