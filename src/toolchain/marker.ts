import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Paths } from '../paths.ts'
import { programFolder } from './places.ts'
import type { Tool } from './tools.ts'
import type { LocatedTool } from './toolchain.ts'

/** Written last beside a finished program; a program without one was never finished. */
export interface Marker {
  tool: string
  version: string
  from: 'release' | 'build'
  /** Of the program itself, lower-case hex. */
  sha256: string
  size: number
  mtimeMs: number
  installedAt: string
}

export const markerName = 'marker.json'

/**
 * The program in the cache, if it is whole. Size and time of the file are compared with the marker, nothing is
 * run or hashed: that happened before the marker was written.
 */
export async function findCached(tool: Tool, recipe: string, paths: Paths): Promise<LocatedTool | undefined> {
  const folder = programFolder(tool, recipe, paths)
  const path = join(folder, tool.name)
  try {
    const marker = JSON.parse(await readFile(join(folder, markerName), 'utf8')) as Marker
    const { mtimeMs, size } = await stat(path)
    if (marker.size !== size || marker.mtimeMs !== mtimeMs) return undefined
    return { name: tool.name, version: marker.version, path, source: 'cache' }
  } catch {
    return undefined
  }
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
