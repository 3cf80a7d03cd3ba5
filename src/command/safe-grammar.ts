const safe = {
  args: { ignoreStdin: true },
  flags: { multipleNonGreedy: true },
  baseFlags: { multipleNonGreedy: true },
} as const

/**
 * Closes two traps of the framework for every command: an optional argument would read stdin when that is no
 * terminal (and eat the input of a shell's `while read` loop), and a repeatable flag would swallow the words
 * after its value.
 */
export function safeGrammar<G extends object>(grammar: G): G {
  const closed = Object.entries(safe).map(([part, addition]) => {
    // Read by name, not spread: a command class inherits some of them.
    const definitions: unknown = Reflect.get(grammar, part)
    return [part, isRecord(definitions) ? withAddition(definitions, addition) : definitions]
  })
  return { ...grammar, ...Object.fromEntries(closed) }
}

function withAddition(definitions: Record<string, unknown>, addition: object): Record<string, unknown> {
  const entries = Object.entries(definitions)
  return Object.fromEntries(
    entries.map(([name, one]) => [name, isRecord(one) ? { ...one, ...addition } : one]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
