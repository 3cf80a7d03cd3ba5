import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '../durable-file.ts'
import { Failure } from '../failure.ts'

/**
 * Names the files of a tree that are ours, as `sha256sum -c` reads it. Only what stands in it is ever removed. Its name
 * ends in nothing that kubectl or a GitOps controller would apply.
 */
export const manifestName = '.iv-rendered'

export type Manifest = ReadonlyMap<string, string>

const line = /^([0-9a-f]{64}) {2}([a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)+\.yaml)$/

/**
 * Sums by path; empty where nothing was rendered yet.
 * @throws Failure USAGE for a manifest that is not ours: a path in it is a file that may be deleted.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, manifestName)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return ''
    throw error
  })
  return parseManifest(text, file)
}

/** @throws Failure USAGE as `readManifest`, naming `file`. */
export function parseManifest(text: string, file: string): Manifest {
  const entries = text.split('\n').filter((each) => each !== '')
  return new Map(
    entries.map((entry): [string, string] => {
      const [, sum, path] = line.exec(entry) ?? []
      if (sum !== undefined && path !== undefined) return [path, sum]
      throw new Failure('USAGE', `${file} has a line that iv did not write: ${JSON.stringify(entry)}`, {
        next: 'restore the file, or render into an empty folder',
      })
    }),
  )
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const lines = [...manifest].map(([path, sum]) => `${sum}  ${path}`).toSorted(byPath)
  await mkdir(folder, { recursive: true })
  // Readable like the tree itself, which is committed and read by others.
  await writeDurably(join(folder, manifestName), lines.map((each) => `${each}\n`).join(''), 0o644)
}

function byPath(left: string, right: string): number {
  return left.slice(66) < right.slice(66) ? -1 : 1
}
