/** How the result is printed. `--json` is short for `json`. */
export const formats = ['table', 'wide', 'yaml', 'json', 'ndjson', 'markdown'] as const
export type Format = (typeof formats)[number]

/** One JSON document, or one per line: what a program reads, so nobody is asked anything. */
export function isMachineFormat(format: Format): boolean {
  return format === 'json' || format === 'ndjson'
}

/**
 * The format as far as it can be told before the flags are parsed: errors of parsing are reported in the
 * format that was asked for too.
 */
export function sniffFormat(argv: readonly string[], fallback: string | undefined): Format {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  if (words.includes('--json')) return 'json'
  const named = words.flatMap((word, index) => {
    if (word === '--output' || word === '-o') return [words[index + 1]]
    if (word.startsWith('--output=')) return [word.slice('--output='.length)]
    return /^-o./.test(word) ? [word.slice(2).replace(/^=/, '')] : []
  })
  const last = named.at(-1) ?? fallback
  return formats.find((format) => format === last) ?? 'table'
}
