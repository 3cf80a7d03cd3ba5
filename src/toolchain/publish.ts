import { chmod, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { type Marker, markerName, sha256OfFile } from './marker.ts'
import { programFolder } from './places.ts'
import { probe } from './probe.ts'
import type { Tool } from './tools.ts'
import type { LocatedTool } from './toolchain.ts'

const heartbeatMs = 8000

export interface Candidate {
  tool: Tool
  /** The program, inside the work folder. */
  file: string
  recipe: string
  from: 'release' | 'build'
}

/**
 * Puts a program into the cache: it is run and must tell the wanted version, then it and its marker reach the
 * disk, then one rename makes both appear. Nothing that stops before the rename is ever seen.
 * @throws Failure OPERATION when the program does not run or is of another version.
 */
export async function publish(candidate: Candidate, c: Collaborators): Promise<LocatedTool> {
  const startMs = c.clock.monotonicMs()
  const tool = candidate.tool.name
  const heartbeat = c.clock.every(heartbeatMs, () => {
    c.host.notify('toolchain.checking', { tool, elapsedMs: c.clock.monotonicMs() - startMs })
  })
  try {
    return await checkAndMove(candidate, c)
  } finally {
    heartbeat.stop()
  }
}

async function checkAndMove(candidate: Candidate, c: Collaborators): Promise<LocatedTool> {
  const { tool, from } = candidate
  await verify(candidate, c)
  const staged = join(dirname(candidate.file), `${tool.name}.staged`)
  await rm(staged, { recursive: true, force: true })
  await mkdir(staged)
  const program = join(staged, tool.name)
  await rename(candidate.file, program)
  const { mtimeMs, size } = await stat(program)
  const marker: Marker = {
    tool: tool.name,
    version: tool.wanted,
    from,
    sha256: await sha256OfFile(program),
    size,
    mtimeMs,
    installedAt: c.clock.now().toISOString(),
  }
  await writeFile(join(staged, markerName), `${JSON.stringify(marker, undefined, 2)}\n`)
  await toDisk(program)
  await toDisk(join(staged, markerName))
  await toDisk(staged)
  const folder = programFolder(tool, candidate.recipe, c.paths)
  await appear(staged, folder)
  const path = join(folder, tool.name)
  c.host.notify('toolchain.installed', { tool: tool.name, version: tool.wanted, path, from })
  return { name: tool.name, version: tool.wanted, path, source: from }
}

/** @throws Failure OPERATION unless the program runs and tells the wanted version. */
export async function verify(candidate: { tool: Tool; file: string }, c: Collaborators): Promise<void> {
  const { tool, file } = candidate
  await chmod(file, 0o755)
  const result = await probe(tool, file, c)
  const problem =
    'problem' in result
      ? result.problem
      : result.version === tool.wanted
        ? undefined
        : `is ${result.version} instead of ${tool.wanted}`
  if (problem !== undefined) throw new Failure('OPERATION', `${tool.name} as installed ${problem}`)
}

/** Whatever lies there was found wanting (no marker, or another size) and goes first. */
async function appear(staged: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  await rm(folder, { recursive: true, force: true })
  await rename(staged, folder)
  await toDisk(dirname(folder))
}

async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
