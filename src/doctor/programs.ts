import type { Collaborators } from '../collaborators.ts'
import { toFailure } from '../failure.ts'
import { lookForAll } from '../toolchain/ensure.ts'
import { findGo } from '../toolchain/go.ts'
import type { Look } from '../toolchain/look.ts'
import { whyNoRelease } from '../toolchain/release.ts'
import { coreTools } from '../toolchain/toolchain.ts'
import { type Check, failed } from './check.ts'

export interface ProgramChecks {
  checks: Check[]
  /** Whether any missing program can come from a build only. */
  mustBuild: boolean
}

/** The external programs, and Go where one of them would have to be built. */
export async function checkPrograms(c: Collaborators): Promise<ProgramChecks> {
  const looks = await lookForAll(coreTools, c)
  const missing = looks.filter((entry) => !entry.located)
  const programs = looks.map(checkOf)
  try {
    const noRelease = await Promise.all(missing.map((entry) => whyNoRelease(entry.tool, c)))
    const toBuild = missing.filter((_, index) => noRelease[index] !== undefined)
    return { checks: [...programs, await checkGo(toBuild, c)], mustBuild: toBuild.length > 0 }
  } catch (error) {
    c.signal.throwIfAborted()
    // The lock or the mirror is wrong: where the missing ones would come from cannot be told.
    const check = failed(
      'toolchain.releases',
      toFailure(error),
      'correct IV_TOOLCHAIN_LOCK and IV_TOOLCHAIN_MIRROR',
    )
    return { checks: [...programs, check], mustBuild: false }
  }
}

function checkOf(entry: Look): Check {
  const { tool, located, notes } = entry
  const id = `tool.${tool.name}`
  if (located) {
    const passedOver = notes.length > 0 ? ` (passed over: ${notes.join('; ')})` : ''
    return { id, status: 'ok', detail: `${located.version} at ${located.path}${passedOver}` }
  }
  return {
    id,
    status: 'warn',
    detail: `${tool.wanted} is not installed (${notes.join('; ')})`,
    hint: `iv toolchain install ${tool.name}`,
  }
}

async function checkGo(toBuild: readonly Look[], c: Collaborators): Promise<Check> {
  const modules = [...new Set(toBuild.map((entry) => entry.tool.build.module))]
  if (modules.length === 0) return { id: 'go', status: 'skip', detail: 'nothing has to be built' }
  try {
    const found = await Promise.all(modules.map((module) => findGo(module, c)))
    const names = toBuild.map((entry) => entry.tool.name).join(', ')
    return {
      id: 'go',
      status: 'ok',
      detail: `Go ${found[0]?.version} at ${found[0]?.path}, to build ${names}`,
    }
  } catch (error) {
    c.signal.throwIfAborted()
    return failed('go', toFailure(error), 'install Go and put it on PATH')
  }
}
