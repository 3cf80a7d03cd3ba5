import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repository } from '../../support/iv.ts'
import type { Source, Violation } from './source.ts'

/** In pieces, so that this file does not break its own rules. */
const markers = new RegExp(
  `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b|\\bdebugger\\b`,
)
const focused = /\b(it|test|describe)\.(only|skip|todo|fails)\b/
const homes = ['/wo' + 'rk/', '/ro' + 'ot/'].join('|')
const hosts = [
  'registry\\.npm' + 'js',
  'proxy\\.go' + 'lang',
  'pypi\\.' + 'org',
  'jf' + 'rog|arti' + 'factory',
].join('|')
const machine = new RegExp(`${homes}|${hosts}`)

export function leftovers(source: Source): Violation[] {
  return scan(source, markers, 'leftover marker: finish it or file an issue')
}

export function focusedTests(source: Source): Violation[] {
  if (!source.path.startsWith('test/')) return []
  return scan(
    source,
    focused,
    'every test runs: skip inside the test, with a reason, where the machine lacks something',
  )
}

export function machinePaths(source: Source): Violation[] {
  return scan(
    source,
    machine,
    'a path or a host of one machine: derive it, or leave it to the configuration of the tool',
  )
}

/** Relative links of a Markdown page, and paths in backticks that begin with a folder of the repository. */
export function deadPaths(source: Source): Violation[] {
  if (!source.path.endsWith('.md')) return []
  const prose = source.text.replaceAll(/```[\s\S]*?```/g, (block) => block.replaceAll(/[^\n]/g, ' '))
  const links = [...prose.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map((match) => ({
    path: join(dirname(source.path), match[1] ?? ''),
    index: match.index,
  }))
  const mentioned = /`((?:bin|commands|src|stacks|templates|test|docs)\/[\w./@-]+)`/g
  const paths = [...prose.matchAll(mentioned)].map((match) => ({ path: match[1] ?? '', index: match.index }))
  return [...links, ...paths]
    .filter(({ path }) => !existsSync(join(repository, path)))
    .map(({ path, index }) => ({
      path: source.path,
      line: prose.slice(0, index).split('\n').length,
      message: `${path} does not exist`,
    }))
}

function scan(source: Source, pattern: RegExp, message: string): Violation[] {
  return source.text.split('\n').flatMap((text, index) => {
    const match = pattern.exec(text)
    return match ? [{ path: source.path, line: index + 1, message: `${match[0]}: ${message}` }] : []
  })
}
