import { parse } from 'yaml'
import type { Finding } from '../../failure.ts'
import { merge, treeOf, type Tree } from '../tree.ts'

/** Values set outside the file: one per source, the later over the earlier. */
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

/**
 * `IV_SET`, and every variable that begins with `IV_SET_` in order of name: `path=value`, several of them
 * separated by `;` or new lines, the value as YAML. Then the flag `--set path=value`, repeated.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  flags: readonly string[] = [],
): Settings {
  const findings: Finding[] = []
  const variables = Object.keys(environment)
    .filter((name) => name === 'IV_SET' || name.startsWith('IV_SET_'))
    .toSorted()
  const fromVariables = variables.map((name) => {
    const texts = (environment[name] ?? '').split(/[;\n]/).filter((text) => text.trim() !== '')
    return setting({ name, from: 'environment-variable', texts }, findings)
  })
  const fromFlags = flags.length > 0 ? [setting({ name: '--set', from: 'flag', texts: flags }, findings)] : []
  return { settings: [...fromVariables, ...fromFlags], findings }
}

function setting(
  source: { name: string; from: Setting['from']; texts: readonly string[] },
  findings: Finding[],
): Setting {
  let value: Tree = {}
  for (const text of source.texts) {
    const assignment = assignmentOf(text)
    if (assignment) value = merge(value, treeOf(assignment.path, assignment.value)) as Tree
    else findings.push(unreadable(source.name, text))
  }
  return { name: source.name, from: source.from, value }
}

function assignmentOf(text: string): { path: string; value: unknown } | undefined {
  const match = /^\s*([A-Za-z0-9][A-Za-z0-9.-]*)\s*=(.*)$/.exec(text)
  if (!match?.[1] || match[1].includes('..')) return undefined
  try {
    return { path: match[1], value: parse(match[2] ?? '', { maxAliasCount: 0 }) }
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
