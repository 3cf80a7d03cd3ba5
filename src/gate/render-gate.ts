import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { readManifest } from '../render/manifest.ts'
import { treeFolder } from '../render/folder.ts'
import { render } from '../render/render.ts'
import type { Gate } from './verdict.ts'

/** Whether the tree of files is what the specification gives: what a controller applies is what was reviewed. */
export const renderGate: Gate = async ({ platform, regions, input }, c) => {
  const { specification, environment } = platform
  const folder = input.folder ?? treeFolder(platform, c.paths)
  const { data } = await render({ ...input, environment, regions, folder, flavor: undefined, check: true }, c)
  const manifest = await readManifest(folder)
  const isOurs = specification.delivery === 'pulumi' && input.folder === undefined
  if (manifest.size === 0 && isOurs) {
    return {
      verdict: 'allow',
      reason: `${data.files.length} objects planned; iv deploys them, so no tree is kept`,
    }
  }
  if (manifest.size === 0)
    return { verdict: 'deny', reason: `there is no tree in ${folder}: iv render writes it` }
  const [foreign] = await foreignIn(folder, manifest)
  if (foreign !== undefined) {
    return { verdict: 'deny', reason: `${foreign} was not rendered by iv, and would be applied all the same` }
  }
  const [first] = data.changed
  if (!first)
    return { verdict: 'allow', reason: `${data.files.length} files are what the specification gives` }
  const changed = data.changed.filter(({ change }) => change === 'changed').map(({ path }) => path)
  const edited = await editedIn(folder, changed, manifest)
  const by = edited.length === 0 ? '' : `, ${edited.length} of them edited by hand (${edited[0]})`
  const files = data.changed.length === 1 ? '1 file differs' : `${data.changed.length} files differ`
  const reason = `${files} from the specification, first ${first.path}${by}: iv render writes them`
  return { verdict: 'deny', reason }
}

/** Sorted paths of what a controller would apply besides. */
async function foreignIn(folder: string, manifest: ReadonlyMap<string, string>): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !manifest.has(path))
    .toSorted()
}

/** Those that are no longer as `iv` left them. */
async function editedIn(
  folder: string,
  paths: readonly string[],
  manifest: ReadonlyMap<string, string>,
): Promise<string[]> {
  const sums = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(join(folder, path)).catch(() => '')
      return { path, sum: createHash('sha256').update(text).digest('hex') }
    }),
  )
  return sums.filter(({ path, sum }) => manifest.get(path) !== sum).map(({ path }) => path)
}
