import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Paths } from '../paths.ts'
import { hostPlatform, platformKey } from './host-platform.ts'
import { moduleFolder } from './places.ts'
import type { Tool } from './tools.ts'

/** Enough of the hash to tell recipes of one version apart. */
const digestLength = 12

/** The files of a module that decide what is built. */
const recipeFiles = ['go.mod', 'go.sum', 'main.go'] as const

/**
 * Short digest of everything that decides what the program is: pinned modules, package, flags, platform. Part
 * of the cache path, so a changed pin never finds the program of the old one.
 */
export async function recipeDigest(tool: Tool, paths: Paths): Promise<string> {
  const hash = createHash('sha256')
  const { module, package: target, ldflags, tags } = tool.build
  hash.update(
    JSON.stringify([
      tool.name,
      tool.wanted,
      target,
      ldflags,
      ...(tags === undefined ? [] : [tags]),
      platformKey(hostPlatform()),
    ]),
  )
  const folder = moduleFolder(module, paths)
  for (const file of recipeFiles) {
    const content = await readFile(join(folder, file)).catch(missingIsEmpty)
    hash.update(`\n${file} ${content.byteLength}\n`).update(content)
  }
  return hash.digest('hex').slice(0, digestLength)
}

function missingIsEmpty(error: NodeJS.ErrnoException): Buffer {
  // Only etcd needs a main of its own. A module that is missing altogether is reported by its build.
  if (error.code === 'ENOENT') return Buffer.alloc(0)
  throw error
}
