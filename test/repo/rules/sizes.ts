import { lineOf, type Source, type SyntaxNode, type Violation, walk } from './source.ts'

const fileCeiling = 300
const commandCeiling = 90
const functionCeiling = 60
const parameterCeiling = 3

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

export function linesOf(source: Source): number {
  return source.text.trimEnd().split('\n').length
}

export function functionLengths(source: Source): { line: number; length: number; parameters: number }[] {
  const found: { line: number; length: number; parameters: number }[] = []
  walk(source, (node) => {
    if (!functionTypes.has(node.type)) return
    const line = lineOf(source.text, node.start)
    const parameters = (node['params'] as SyntaxNode[]).length
    found.push({ line, length: lineOf(source.text, node.end) - line + 1, parameters })
  })
  return found
}

export function ceilings(source: Source): Violation[] {
  if (!/^(src|stacks|commands)\//.test(source.path)) return []
  const ceiling = source.path.startsWith('commands/') ? commandCeiling : fileCeiling
  const lines = linesOf(source)
  const long = lines > ceiling ? [`${lines} lines, at most ${ceiling}: one file per verb or noun`] : []
  const functions = functionLengths(source).flatMap(({ line, length, parameters }) => [
    ...(length > functionCeiling
      ? [{ line, message: `a function of ${length} lines, at most ${functionCeiling}` }]
      : []),
    ...(parameters > parameterCeiling
      ? [{ line, message: `${parameters} parameters, at most ${parameterCeiling}: take a named record` }]
      : []),
  ])
  return [...long.map((message) => ({ line: 1, message })), ...functions].map((found) => ({
    path: source.path,
    ...found,
  }))
}

/** The value below which that share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
