import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { repository } from '../../support/iv.ts'

/** A node of the syntax tree, as far as the rules look at it. */
export interface SyntaxNode {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export interface Source {
  /** Relative to the repository. */
  path: string
  text: string
}

export interface Violation {
  path: string
  line: number
  /** What is wrong and what to use instead. */
  message: string
}

export type Rule = (source: Source) => Violation[]

/** Every file that is, or is about to be, under version control and exists. */
export function repositoryFiles(pattern: RegExp): Source[] {
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', listing, { cwd: repository, encoding: 'utf8' }).split('\n')
  return [...new Set(paths)]
    .filter((path) => path !== '' && pattern.test(path))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(repository, path), 'utf8') }]
      } catch {
        return []
      }
    })
}

export function walk(source: Source, visit: (node: SyntaxNode) => void): void {
  descend(parseSync(source.path, source.text).program, visit)
}

function descend(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) descend(item, visit)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if ('type' in value && typeof value.type === 'string' && 'start' in value) visit(value as SyntaxNode)
  for (const child of Object.values(value)) descend(child, visit)
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

export function show(violations: readonly Violation[]): string[] {
  return violations.map(({ path, line, message }) => `${path}:${line}: ${message}`)
}
