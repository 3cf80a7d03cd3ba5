/**
 * Builds the bundle: `npm run build`, and `bin/iv` when sources are newer. Every build gets a folder of its own
 * below `dist/`, and `dist/current` names the one in use: it is replaced in one step, so that a command that
 * starts meanwhile sees the old bundle or the new one, never half of one.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Plugin } from '@oclif/core'
import { rolldown } from 'rolldown'
import { bundleOptions } from '../rolldown.config.ts'

export interface BuildInput {
  root: string
  /** Folder of command files, relative to `root`. */
  commands: string
  /** Where builds and `current` go, relative to `root`. */
  out: string
}

/** Commands that run while a newer bundle is built still load their chunks from the older one. */
const keepBuildsMs = 3_600_000

/** @returns the folder of the new bundle. */
export async function build(input: BuildInput): Promise<string> {
  const began = Date.now()
  const name = `${began.toString(36)}-${randomBytes(4).toString('hex')}`
  const out = join(input.root, input.out, name)
  try {
    const options = bundleOptions({ ...input, out })
    const bundle = await rolldown(options)
    await bundle.write(options.output)
    await bundle.close()
    await writeManifest(input.root, out)
  } catch (error) {
    await rm(out, { recursive: true, force: true })
    throw error
  }
  const pointer = join(input.root, input.out, 'current')
  await writeFile(`${pointer}.${name}`, name)
  // As old as the sources that were read: what changed during the build counts as newer.
  await utimes(`${pointer}.${name}`, began / 1000, began / 1000)
  await rename(`${pointer}.${name}`, pointer)
  await removeOld(join(input.root, input.out), { keep: name, before: began - keepBuildsMs })
  return out
}

/** With the manifest a start reads one file; without it, it imports every command. */
async function writeManifest(root: string, out: string): Promise<void> {
  const packageJson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  packageJson.oclif.commands = './commands'
  const plugin = new Plugin({
    root: out,
    pjson: packageJson,
    isRoot: true,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  await writeFile(join(out, 'oclif.manifest.json'), JSON.stringify(plugin.manifest))
}

async function removeOld(folder: string, age: { keep: string; before: number }): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (!entry.isDirectory() || entry.name === age.keep) continue
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < age.before) await rm(path, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '..')
  await mkdir(join(root, 'dist'), { recursive: true })
  await build({ root, commands: 'commands', out: 'dist' })
}
