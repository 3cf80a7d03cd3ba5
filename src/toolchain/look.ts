import type { Collaborators } from '../collaborators.ts'
import { findCached } from './marker.ts'
import { searchPath } from './on-path.ts'
import type { PathChecks } from './path-checks.ts'
import { recipeDigest } from './recipe.ts'
import type { Tool } from './tools.ts'
import type { LocatedTool } from './toolchain.ts'

export interface Look {
  tool: Tool
  located: LocatedTool | undefined
  /** Where it was looked for in vain and why not taken, for the one error at the end and for `toolchain list`. */
  notes: readonly string[]
  recipe: string
}

/** PATH, then cache; installs nothing and runs only programs on PATH that it does not know yet. */
export async function look(tool: Tool, checks: PathChecks, c: Collaborators): Promise<Look> {
  const [search, recipe] = await Promise.all([searchPath(tool, checks, c), recipeDigest(tool, c.paths)])
  for (const reason of search.skipped) c.host.notify('toolchain.skipped', { tool: tool.name, reason })
  const onPath =
    search.skipped.length > 0 ? search.skipped.map((reason) => `PATH: ${reason}`) : ['PATH: none there']
  if (search.located) return { tool, located: search.located, notes: search.skipped, recipe }
  const located = await findCached(tool, recipe, c.paths)
  return { tool, located, notes: located ? search.skipped : [...onPath, 'cache: none there'], recipe }
}
