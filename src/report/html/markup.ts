/** Text that is markup already. Only `html` makes it out of values, so everything that is not markup is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Part = string | number | Markup | readonly Markup[] | undefined

/** `html\`<p>${text}</p>\``: strings are escaped, markup is not, numbers have at most two decimals. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, index) => text + partText(parts[index])).join(''))
}

function partText(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return String(Number(part.toFixed(2)))
  if (typeof part === 'string') return escaped(part)
  return part instanceof Markup ? part.text : part.map(({ text }) => text).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control characters have no place in a page, and some would end it for an XML reader. */
const unprintable = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu

function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
    .replaceAll(unprintable, '\ufffd')
}
