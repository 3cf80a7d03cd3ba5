import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { candidates } from '../toolchain/executables.ts'
import { goEnvironment } from '../toolchain/go.ts'
import type { DefinitionModule } from './component.ts'

/** The largest, KEDA with what it vendors, is 12 MB packed. */
const downloadDeadlineMs = 120_000

interface Downloaded {
  Dir?: string
  Sum?: string
  Error?: string
}

/**
 * The folder of a module's source in Go's own cache, downloaded through the user's proxy if it is not there yet.
 * @throws Failure OPERATION when there is no Go, the module is not to be had, or it is not the one that was reviewed.
 */
export async function moduleSource(module: DefinitionModule, c: Collaborators): Promise<string> {
  const [go] = await candidates('go', c)
  if (go === undefined) throw new Failure('OPERATION', 'no Go on PATH')
  const name = `${module.path}@${module.version}`
  // A folder without a go.mod: the module is asked for by itself, not as a part of some build.
  const cwd = join(c.paths.cache, 'crds')
  await mkdir(cwd, { recursive: true })
  const output = await c.run({
    file: go,
    args: ['mod', 'download', '-json', name],
    cwd,
    env: goEnvironment(),
    deadlineMs: downloadDeadlineMs,
    signal: c.signal,
  })
  const answer = parseAnswer(output.stdout)
  if (output.exitCode !== 0 || answer.Dir === undefined) {
    const why = answer.Error ?? output.stderr.trim().split('\n').at(-1) ?? 'no reason given'
    throw new Failure('OPERATION', `cannot download ${name}: ${why}`)
  }
  if (answer.Sum !== module.sum) {
    throw new Failure('OPERATION', `${name} has hash ${answer.Sum}, the catalogue says ${module.sum}`)
  }
  return answer.Dir
}

function parseAnswer(text: string): Downloaded {
  try {
    return JSON.parse(text) as Downloaded
  } catch {
    return {}
  }
}
