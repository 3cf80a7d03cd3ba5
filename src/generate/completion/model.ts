import { type CommandDescription, type FlagDescription, spaced, visible } from '../manifest.ts'

/** A place in the command line: what may follow the words typed so far. */
export interface Node {
  /** `local up`; empty at the root. */
  path: string
  /** Next words, with one line about each. */
  children: readonly { word: string; summary: string }[]
  flags: readonly FlagDescription[]
}

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

export function nodes(commands: readonly CommandDescription[]): Node[] {
  const shown = visible(commands)
  const paths = shown.flatMap((command) => prefixes(spaced(command.id)))
  return ['', ...new Set(paths)].map((path) => {
    const command = shown.find((candidate) => spaced(candidate.id) === path)
    return { path, children: childrenOf(path, shown), flags: Object.values(command?.flags ?? {}) }
  })
}

function prefixes(path: string): string[] {
  const words = path.split(' ')
  return words.map((_, index) => words.slice(0, index + 1).join(' '))
}

function childrenOf(
  path: string,
  commands: readonly CommandDescription[],
): { word: string; summary: string }[] {
  const depth = path === '' ? 0 : path.split(' ').length
  const found = new Map<string, string>()
  for (const command of commands) {
    const words = spaced(command.id).split(' ')
    if (words.length <= depth || words.slice(0, depth).join(' ') !== path) continue
    const word = words[depth] ?? ''
    const summary = words.length === depth + 1 ? (command.summary ?? '') : ''
    found.set(word, found.get(word) || summary)
  }
  return [...found].map(([word, summary]) => ({ word, summary }))
}

/** Flags and their values as a shell's words; every value that is known in advance. */
export function flagWords(node: Node): string[] {
  return node.flags.flatMap((flag) => [`--${flag.name}`, ...(flag.char ? [`-${flag.char}`] : [])])
}

export function enumerated(node: Node): { names: string[]; values: readonly string[] }[] {
  return node.flags
    .filter((flag) => flag.options !== undefined)
    .map((flag) => ({
      names: [`--${flag.name}`, ...(flag.char ? [`-${flag.char}`] : [])],
      values: flag.options ?? [],
    }))
}

/** Flags anywhere that take a value: the word after them is no part of the command's name. */
export function valuedFlags(all: readonly Node[]): string[] {
  const valued = all.flatMap((node) => node.flags.filter((flag) => flag.type === 'option'))
  const names = valued.flatMap((flag) => [`--${flag.name}`, ...(flag.char ? [`-${flag.char}`] : [])])
  return [...new Set(names)].toSorted()
}
