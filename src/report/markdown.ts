/** Text as a cell of a Markdown table. */
export function cell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/<(?=[a-z/!])/gi, '&lt;')
}

/** A code block that its own content cannot end. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/**
 * The hidden first line by which a pipeline finds its comment again, to update it in place.
 * `name` is `diff production`.
 */
export function marker(name: string): string {
  return `<!-- iv ${name.replaceAll('--', '-')} -->`
}
