import { dirname, join } from 'node:path'
import { lineOf, type Source, type SyntaxNode, type Violation, walk } from './source.ts'

/** bin → commands → src, stacks → src; `src` imports none of them. What is not named may import nothing of ours. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  src: ['src'],
  stacks: ['src', 'stacks'],
  commands: ['src', 'stacks'],
  bin: ['bin', 'src', 'commands', 'rolldown.config.ts'],
}

export function importDirection(source: Source): Violation[] {
  const from = source.path.split('/')[0] ?? ''
  const targets = allowed[from]
  if (!targets) return []
  return importsOf(source)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .filter(({ specifier }) => {
      const to = join(dirname(source.path), specifier).split('/')[0] ?? ''
      return !targets.includes(to)
    })
    .map(({ specifier, offset }) => ({
      path: source.path,
      line: lineOf(source.text, offset),
      message: `${from}/ may not import ${specifier}: pass what it needs in from outside`,
    }))
}

export function importsOf(source: Source): { specifier: string; offset: number }[] {
  const found: { specifier: string; offset: number }[] = []
  walk(source, (node) => {
    const target = node['source'] as SyntaxNode | null | undefined
    const specifier = target?.['value']
    if (
      /^(Import|Export).*Declaration$|^ImportExpression$/.test(node.type) &&
      typeof specifier === 'string'
    ) {
      found.push({ specifier, offset: node.start })
    }
  })
  return found
}
