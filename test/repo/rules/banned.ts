import { lineOf, type Source, type SyntaxNode, type Violation, walk } from './source.ts'

interface Ban {
  matches: (text: string, node: SyntaxNode) => boolean
  instead: string
  /** Files that are the one place for it. */
  home: RegExp
}

/** The door: base command, streams, signals, environment. */
const door = /^src\/command\//

const exact = /^Math\.(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc)$/

const bans: readonly Ban[] = [
  {
    matches: (text, node) =>
      /^(Date\.now|performance\.now|setTimeout|setInterval|setImmediate)$/.test(text) ||
      (node.type === 'NewExpression' && text === 'Date' && (node['arguments'] as unknown[]).length === 0),
    instead: 'take the Clock from the collaborators',
    home: /^src\/(clock\.ts|command\/)/,
  },
  {
    matches: (text) =>
      /^(Math\.random|randomBytes|randomUUID|crypto\.random\w+|crypto\.getRandomValues)$/.test(text),
    instead: 'take Random from the collaborators',
    home: /^src\/random\.ts$/,
  },
  {
    matches: (text) => /^console\.\w+$/.test(text),
    instead: 'notify the host, or return it in the report',
    home: door,
  },
  {
    matches: (text) => /^process\.(exit|abort)$/.test(text),
    instead: 'throw a Failure; the base command sets the exit code',
    home: door,
  },
  {
    matches: (text) => /^process\.(env|cwd|stdout|stderr|stdin|argv|chdir|exitCode|on|once)$/.test(text),
    instead: 'take environment and paths from the collaborators; only src/command/ touches the process',
    // Besides the door: the adapter that must end the engine's process group when iv is left at once.
    home: /^src\/(command\/|engine\/process\.ts$)/,
  },
  {
    // Every function that IEEE 754 does not round exactly is the engine's choice, and so is the ** operator.
    matches: (text) => text === '**' || (/^Math\.[a-z]/.test(text) && !exact.test(text)),
    instead: 'a seed must give the same run everywhere: take it from src/simulate/kernel/numbers.ts',
    home: /^(?!src\/simulate\/)/,
  },
]

/** Calls, constructions and reads in `src/` and `stacks/` that have one home, each with what to use instead. */
export function bannedCalls(source: Source): Violation[] {
  if (!/^(src|stacks)\//.test(source.path)) return []
  const found: Violation[] = []
  walk(source, (node) => {
    const text = nameOf(node)
    if (text === undefined) return
    for (const ban of bans) {
      if (ban.home.test(source.path) || !ban.matches(text, node)) continue
      found.push({
        path: source.path,
        line: lineOf(source.text, node.start),
        message: `${text}: ${ban.instead}`,
      })
    }
  })
  return found
}

function nameOf(node: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') return dotted(node)
  if (node['operator'] === '**' || node['operator'] === '**=') return '**'
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined
  const callee = node['callee'] as SyntaxNode
  return callee.type === 'Identifier' ? String(callee['name']) : undefined
}

function dotted(node: SyntaxNode): string | undefined {
  const object = node['object'] as SyntaxNode
  const property = node['property'] as SyntaxNode
  if (object.type !== 'Identifier' || property.type !== 'Identifier' || node['computed'] === true)
    return undefined
  return `${String(object['name'])}.${String(property['name'])}`
}
