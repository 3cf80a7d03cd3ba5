/** Writes `docs/reference/`: `npm run generate`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CommandDescription } from '../src/generate/manifest.ts'
import { type Page, pages } from '../src/generate/pages.ts'
import { scenariosPage } from '../src/generate/scenarios-page.ts'
import { makePaths, type Paths } from '../src/paths.ts'
import { simulate } from '../src/simulate/simulate.ts'
import { presetFile } from '../src/spec/init.ts'
import { loadPlatform } from '../src/spec/load.ts'
import { build } from './build.ts'

const root = join(import.meta.dirname, '..')

/** The pages as the built commands in `bundle` describe themselves. */
export async function generate(bundle: string): Promise<Page[]> {
  const manifest = JSON.parse(await readFile(join(bundle, 'oclif.manifest.json'), 'utf8'))
  const paths = makePaths({ packageRoot: root, project: root, environment: {} })
  const file = presetFile(root, 'literal')
  const { specification } = await loadPlatform({ environment: 'local', file }, { paths, environment: {} })
  const defaults = await loadPlatform({ environment: 'local' }, { paths, environment: {} })
  const described = Object.values(manifest.commands as Record<string, CommandDescription>)
  return [
    ...pages(described, specification, defaults),
    { path: 'docs/reference/scenarios.md', content: scenariosPage(await simulations(paths)) },
  ]
}

/** The document's own load tests, with its numbers and with the defaults. */
async function simulations(paths: Paths) {
  const c = { paths, environment: {}, signal: new AbortController().signal }
  const input = { environment: 'local', seed: 1, seeds: undefined, compare: 'literal,seed', html: undefined }
  const names = ['peak_load_1000', 'asr_failure_recovery', 'region_failover']
  return Promise.all(names.map(async (scenario) => (await simulate({ ...input, scenario }, c)).data))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const page of await generate(await build({ root, commands: 'commands', out: 'dist' }))) {
    await mkdir(dirname(join(root, page.path)), { recursive: true })
    await writeFile(join(root, page.path), page.content)
  }
}
