import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from './manifest.ts'
import { byPath, type RenderedFile } from './tree.ts'

export interface FileChange {
  path: string
  change: 'added' | 'changed' | 'removed'
}

export interface Comparison {
  /** Sorted by path. */
  changes: FileChange[]
  /** Paths that hold something which `iv` did not write. */
  foreign: string[]
}

export interface ComparisonInput {
  folder: string
  files: readonly RenderedFile[]
  manifest: Manifest
  /** Whether a file of the manifest belongs to what is being rendered now. */
  inScope: (path: string) => boolean
}

/** What rendering would do to a folder. Reads only. */
export async function compareTree({
  folder,
  files,
  manifest,
  inScope,
}: ComparisonInput): Promise<Comparison> {
  const wanted = new Set(files.map(({ path }) => path))
  const compared = await Promise.all(
    files.map(async ({ path, content }) => ({
      path,
      change: changeFrom(await contentOf(join(folder, path)), content),
    })),
  )
  const gone = await Promise.all(
    [...manifest.keys()]
      .filter((path) => !wanted.has(path) && inScope(path))
      .map(async (path) => ({ path, there: (await contentOf(join(folder, path))) !== undefined })),
  )
  const changes = [
    ...compared.flatMap(({ path, change }) => (change ? [{ path, change }] : [])),
    ...gone.filter(({ there }) => there).map(({ path }) => ({ path, change: 'removed' as const })),
  ]
  return {
    changes: changes.toSorted(byPath),
    foreign: compared
      .filter(({ path, change }) => change === 'changed' && !manifest.has(path))
      .map(({ path }) => path),
  }
}

function changeFrom(before: string | undefined, after: string): 'added' | 'changed' | undefined {
  if (before === undefined) return 'added'
  return before === after ? undefined : 'changed'
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
