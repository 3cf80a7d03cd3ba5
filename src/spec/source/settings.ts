import { parse } from 'yaml'
import type { Finding } from '../../failure.ts'
import { treeOf, type Tree } from '../tree.ts'

/** One value set outside the file; a later one wins over an earlier one. */
export interface Setting {
  /** Name of the variable, or of the flag. */
  name: string
  from: 'environment-variable' | 'flag'
  value: Tree
}

export interface Settings {
  settings: readonly Setting[]
  findings: readonly Finding[]
}

interface Source {
  name: string
  from: Setting['from']
  texts: readonly string[]
}

/**
 * `IV_SET`, and every variable that begins with `IV_SET_` in order of name: `path=value`, several of them
 * separated by `;` or new lines, the value as YAML. Then the flag `--set path=value`, repeated.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  flags: readonly string[] = [],
): Settings {
  const sources: Source[] = Object.keys(environment)
    .filter((name) => name === 'IV_SET' || name.startsWith('IV_SET_'))
    .toSorted((left, right) => (left < right ? -1 : 1))
    .map((name) => ({ name, from: 'environment-variable', texts: (environment[name] ?? '').split(/[;\n]/) }))
  sources.push({ name: '--set', from: 'flag', texts: flags })

  const settings: Setting[] = []
  const findings: Finding[] = []
  for (const { name, from, texts } of sources) {
    for (const text of texts.filter((candidate) => candidate.trim() !== '')) {
      const value = assignmentOf(text)
      if (value) settings.push({ name, from, value })
      else findings.push(unreadable(name, text))
    }
  }
  return { settings, findings }
}

function assignmentOf(text: string): Tree | undefined {
  const match = /^\s*([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)\s*=(.*)$/.exec(text)
  if (!match?.[1]) return undefined
  try {
    return treeOf(match[1], parse(match[2] ?? '', { maxAliasCount: 0 }))
  } catch {
    return undefined
  }
}

function unreadable(name: string, text: string): Finding {
  return {
    id: 'IV-SET-001',
    severity: 'error',
    place: name,
    message: `${name} has no path=value: ${JSON.stringify(text.trim())}`,
    hint: `write for example ${name}=pools.api.instances.minimum=4`,
  }
}
