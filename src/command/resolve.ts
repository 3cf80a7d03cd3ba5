/** What the grammar looks like to the launcher: command ids as `local:up`, topics as `local`, flags by name. */
export interface Grammar {
  commands: ReadonlySet<string>
  topics: ReadonlySet<string>
  /** Every flag that takes a value, with its dashes: `--region`, `-r`. */
  valued: ReadonlySet<string>
}

export type Resolution =
  | { kind: 'command'; id: string; argv: readonly string[] }
  | { kind: 'topic'; id: string }
  | { kind: 'root' }
  | { kind: 'unknown'; words: readonly string[] }
  /** The words up to the first flag name `short`, but all words together name `long`: too easily a mistake. */
  | { kind: 'split'; short: string; long: string }

interface Token {
  text: string
  /** A word is what is neither a flag nor the value of one. */
  word: boolean
}

/**
 * Finds the command. Flags may stand before it (`iv --env x deploy`) or after it; words that belong to the
 * command's name may not be torn apart by flags where that would run a shorter command.
 */
export function resolveCommand(argv: readonly string[], grammar: Grammar): Resolution {
  const tokens = tokenise(argv, grammar)
  const words = tokens.filter((token) => token.word).map((token) => token.text)
  if (words.length === 0) return { kind: 'root' }
  const long = longest(words, grammar.commands)
  const short = longest(firstRun(tokens), grammar.commands)
  const topic = longest(words, grammar.topics)
  // A topic below a command that takes an argument: `drill deep` names the topic, not a drill called deep.
  const onlyTopic = topic?.count === words.length && topic.count > (long?.count ?? 0)
  if (topic && onlyTopic) return { kind: 'topic', id: topic.id }
  if (long === undefined) return { kind: 'unknown', words }
  if (short && short.id !== long.id) return { kind: 'split', short: short.id, long: long.id }
  return { kind: 'command', id: long.id, argv: without(tokens, long.count) }
}

function tokenise(argv: readonly string[], grammar: Grammar): Token[] {
  const end = argv.indexOf('--')
  const free = end === -1 ? argv : argv.slice(0, end)
  const tokens: Token[] = []
  let valueNext = false
  for (const text of free) {
    const flag: boolean = !valueNext && text.startsWith('-') && text !== '-'
    const split = !flag && !valueNext && tokens.every((token) => !token.word)
    const parts = split ? text.split(':') : [text]
    for (const part of parts) tokens.push({ text: part, word: !flag && !valueNext })
    valueNext = flag && grammar.valued.has(text)
  }
  const rest = end === -1 ? [] : argv.slice(end)
  return [...tokens, ...rest.map((text) => ({ text, word: false }))]
}

/** The words before the first flag that follows a word. */
function firstRun(tokens: readonly Token[]): string[] {
  const start = tokens.findIndex((token) => token.word)
  const after = tokens.slice(start)
  const end = after.findIndex((token) => !token.word)
  return (end === -1 ? after : after.slice(0, end)).map((token) => token.text)
}

function longest(
  words: readonly string[],
  ids: ReadonlySet<string>,
): { id: string; count: number } | undefined {
  for (let count = words.length; count > 0; count -= 1) {
    const id = words.slice(0, count).join(':')
    if (ids.has(id)) return { id, count }
  }
  return undefined
}

function without(tokens: readonly Token[], count: number): string[] {
  let left = count
  return tokens.flatMap((token) => {
    if (!token.word || left === 0) return [token.text]
    left -= 1
    return []
  })
}
