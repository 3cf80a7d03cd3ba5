import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import type { PathChecks } from './path-checks.ts'
import { probe, refusal } from './probe.ts'
import type { Tool } from './tools.ts'
import type { LocatedTool } from './toolchain.ts'

export interface PathSearch {
  located?: LocatedTool
  /** Programs of that name that were passed over, each with the reason. */
  skipped: readonly string[]
}

/** The first program of that name on PATH whose version is accepted. */
export async function searchPath(tool: Tool, checks: PathChecks, c: Collaborators): Promise<PathSearch> {
  const skipped: string[] = []
  for (const path of await candidates(tool.name, c)) {
    const { mtimeMs, size } = await stat(path)
    const stamp = { mtimeMs, size }
    let result = checks.get(path, stamp)
    if (!result) {
      result = await probe(tool, path, c)
      checks.set(path, stamp, result)
    }
    const problem = 'problem' in result ? result.problem : refusal(tool, result.version)
    if (problem === undefined && 'version' in result) {
      return { skipped, located: { name: tool.name, version: result.version, path, source: 'path' } }
    }
    skipped.push(`${path} ${problem}`)
  }
  return { skipped }
}

/**
 * Every executable file of that name on PATH, in order. Relative entries are passed over: they are a trap. A
 * folder that PATH names twice, as where `/bin` is a link to `/usr/bin`, counts once.
 */
export async function candidates(name: string, c: Pick<Collaborators, 'environment'>): Promise<string[]> {
  const folders = (c.environment['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => undefined)))
  const once = folders.filter((_, index) => real[index] !== undefined && real.indexOf(real[index]) === index)
  const found = await Promise.all(once.map((folder) => executable(join(folder, name))))
  return found.filter((path) => path !== undefined)
}

async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile() ? path : undefined
  } catch {
    return undefined
  }
}
