import { stat } from 'node:fs/promises'
import type { Collaborators } from '../collaborators.ts'
import { candidates } from './executables.ts'
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
  if ('module' in tool.probe) return { skipped: [] }
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
