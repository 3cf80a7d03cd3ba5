import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FileChange } from './compare.ts'
import { type Manifest, writeManifest } from './manifest.ts'
import type { RenderedFile } from './tree.ts'

export interface WriteInput {
  folder: string
  files: readonly RenderedFile[]
  changes: readonly FileChange[]
  /** As it was before. */
  manifest: Manifest
  inScope: (path: string) => boolean
}

/**
 * Brings a folder to the rendered tree. Cut at any point, the next run finishes it: the manifest names every file before
 * it is written, and forgets one only after it is gone.
 */
export async function writeTree({ folder, files, changes, manifest, inScope }: WriteInput): Promise<void> {
  const rendered = files.map(({ path, sha256 }): [string, string] => [path, sha256])
  const others = [...manifest].filter(([path]) => !inScope(path))
  await writeManifest(folder, new Map([...manifest, ...rendered]))
  const touched = new Set(changes.map(({ path }) => path))
  await Promise.all(files.filter(({ path }) => touched.has(path)).map((file) => replace(folder, file)))
  for (const { path } of changes.filter(({ change }) => change === 'removed')) await remove(folder, path)
  await writeManifest(folder, new Map([...others, ...rendered]))
}

/** Through a file beside it: a GitOps controller that reads meanwhile sees the old object or the new one. */
async function replace(folder: string, { path, content }: RenderedFile): Promise<void> {
  const file = join(folder, path)
  const beside = join(dirname(file), `.${basename(file)}.new`)
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(beside, content)
    await rename(beside, file)
  } finally {
    await rm(beside, { force: true })
  }
}

/** With the folders that it leaves empty, up to the tree's own. */
async function remove(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true })
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    try {
      await rmdir(join(folder, parent))
    } catch {
      return
    }
  }
}
