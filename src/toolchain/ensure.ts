import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure, isFailure, toFailure } from '../failure.ts'
import { buildTools, coldBuildMs } from './build.ts'
import { withInstallLock } from './install-lock.ts'
import { type Look, look } from './look.ts'
import { findCached } from './marker.ts'
import { loadPathChecks } from './path-checks.ts'
import { installLockFile } from './places.ts'
import { publish } from './publish.ts'
import { fetchRelease, whyNoRelease } from './release.ts'
import { type ModuleName, tools } from './tools.ts'
import type { LocatedTool, ToolName } from './toolchain.ts'
import { inWorkFolder } from './work-folder.ts'

/** What is missing of one Go module; built together, under one lock. */
interface Group {
  module: ModuleName
  looks: readonly Look[]
  /** Cold builds of the groups after this one; less where releases can be had. */
  laterMs: number
}

/**
 * Finds or installs the programs: PATH, cache, official release where the lock holds its hash, build.
 * @throws Failure OPERATION naming every source that was tried and why it failed; what was installed before
 * the failure stays.
 */
export async function ensureTools(
  names: readonly ToolName[],
  c: Collaborators,
): Promise<ReadonlyMap<ToolName, LocatedTool>> {
  const looks = await lookForAll(names, c)
  const located = new Map<ToolName, LocatedTool>()
  for (const { located: tool } of looks) if (tool) located.set(tool.name, tool)
  for (const group of groupMissing(looks)) {
    for (const tool of await installLocked(group, c)) located.set(tool.name, tool)
  }
  return located
}

async function installLocked(group: Group, c: Collaborators): Promise<LocatedTool[]> {
  const what = group.looks.map(({ tool }) => tool.name).join(', ')
  try {
    const lock = { file: installLockFile(group.module, c.paths), what }
    return await withInstallLock(lock, () => installGroup(group, c), c)
  } catch (error) {
    if (isFailure(error) || !(error instanceof Error) || !('syscall' in error)) throw error
    // The system's own words name the path: no space left, not a directory, permission denied.
    throw new Failure('OPERATION', `cannot install ${what}: ${error.message}`, {
      next: 'make room or correct its mode, or name another cache with IV_CACHE_DIR',
      cause: error,
    })
  }
}

export async function lookForAll(names: readonly ToolName[], c: Collaborators): Promise<Look[]> {
  const checks = await loadPathChecks(c)
  const looks = await Promise.all([...new Set(names)].map((name) => look(tools[name], checks, c)))
  await checks.save()
  return looks
}

function groupMissing(looks: readonly Look[]): Group[] {
  const groups = Map.groupBy(
    looks.filter((entry) => !entry.located),
    (entry) => entry.tool.build.module,
  )
  const modules = [...groups.keys()]
  return [...groups].map(([module, members], index) => {
    const later = modules.slice(index + 1).map((next) => coldBuildMs(next))
    return { module, looks: members, laterMs: later.reduce((total, ms) => total + ms, 0) }
  })
}

/** Under the lock: whoever held it before may have installed everything already. */
async function installGroup(group: Group, c: Collaborators): Promise<LocatedTool[]> {
  const again = await Promise.all(
    group.looks.map(async (entry) => ({
      entry,
      cached: await findCached(entry.tool, entry.recipe, c.paths),
    })),
  )
  const found = again.flatMap(({ cached }) => cached ?? [])
  const missing = again.filter(({ cached }) => !cached).map(({ entry }) => entry)
  if (missing.length === 0) return found
  return inWorkFolder(c.paths, async (folder) => {
    const released: LocatedTool[] = []
    const toBuild: Look[] = []
    for (const entry of missing) {
      const outcome = await tryRelease(entry, folder, c)
      if ('path' in outcome) released.push(outcome)
      else toBuild.push(outcome)
    }
    return [...found, ...released, ...(await build({ ...group, looks: toBuild }, folder, c))]
  })
}

/** The program, or the entry with one more note saying why the release was not to be had. */
async function tryRelease(entry: Look, folder: string, c: Collaborators): Promise<LocatedTool | Look> {
  const { tool, recipe } = entry
  const impossible = await whyNoRelease(tool, c)
  if (impossible !== undefined) return { ...entry, notes: [...entry.notes, `release: ${impossible}`] }
  try {
    const file = await fetchRelease(tool, folder, c)
    return await publish({ tool, file, recipe, from: 'release' }, c)
  } catch (error) {
    c.signal.throwIfAborted()
    const reason = toFailure(error).message
    c.host.notify('toolchain.source-failed', { tool: tool.name, source: 'release', reason, next: 'build' })
    return { ...entry, notes: [...entry.notes, `release: ${reason}`] }
  }
}

async function build({ looks, laterMs }: Group, folder: string, c: Collaborators): Promise<LocatedTool[]> {
  if (looks.length === 0) return []
  try {
    const target = join(folder, 'bin')
    await mkdir(target)
    await buildTools({ tools: looks.map(({ tool }) => tool), laterMs }, target, c)
    const built: LocatedTool[] = []
    for (const { tool, recipe } of looks) {
      built.push(
        await publish(
          { tool, file: join(target, tool.build.program ?? tool.name), recipe, from: 'build' },
          c,
        ),
      )
    }
    return built
  } catch (error) {
    c.signal.throwIfAborted()
    throw nothingWorked(looks, error)
  }
}

function nothingWorked(looks: readonly Look[], error: unknown): Failure {
  const last = toFailure(error)
  const names = looks.map(({ tool }) => tool.name).join(', ')
  const tried = [...new Set(looks.flatMap(({ notes }) => notes)), `build: ${last.message}`]
  return new Failure('OPERATION', `cannot get ${names}: ${tried.join('; ')}`, {
    next: last.next ?? 'run `iv doctor` to see what is missing',
    retryable: last.retryable,
    cause: error,
    findings: looks.map(({ tool, notes }) => ({
      id: 'IV-TOOL-001',
      severity: 'error',
      path: tool.name,
      message: [...notes, `build: ${last.message}`].join('; '),
    })),
  })
}
