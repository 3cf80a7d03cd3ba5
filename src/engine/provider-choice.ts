import { readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { ProviderChoice } from './engine.ts'
import { engineHome } from './places.ts'
import type { ProviderFlag } from './provider-names.ts'

export interface ProviderQuestion {
  region: string
  stack: string
  flag: ProviderFlag
  environment: string
  /** The provider that made the stack; undefined for a new one. */
  recorded: ProviderChoice | undefined
  /** The stack is to change over to the provider that is asked for by name. */
  migrates?: boolean | undefined
}

/**
 * Which provider serves a stack. `auto` stays with the one that made it; for a new stack it is the bundled one in
 * the sandbox, and elsewhere the official one where its plugin is there.
 * @throws Failure `REFUSED` when the other one is asked for by name: changing over is a migration of its own.
 */
export async function chooseProvider(
  question: ProviderQuestion,
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<ProviderChoice> {
  const { flag, recorded } = question
  if (flag !== 'auto' && recorded !== undefined && flag !== recorded && !question.migrates) {
    throw new Failure(
      'REFUSED',
      `stack ${question.stack} was made by the ${recorded} provider, not the ${flag} one`,
      {
        region: question.region,
        next: `leave --provider out; iv deploy --provider ${flag} --migrate-provider changes over, where that replaces nothing`,
      },
    )
  }
  if (flag !== 'auto') return flag
  if (recorded !== undefined) return recorded
  if (question.environment === 'local') return 'bundled'
  return (await hasOfficialPlugin(c)) ? 'official' : 'bundled'
}

const plugin = 'pulumi-resource-kubernetes'

/** On PATH, or among the plugins of the engine's home. */
async function hasOfficialPlugin(c: Pick<Collaborators, 'paths' | 'environment'>): Promise<boolean> {
  const onPath = (c.environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const installed = join(engineHome(c.paths), 'plugins')
  const holds = async (folder: string, test: (name: string) => boolean): Promise<boolean> =>
    (await readdir(folder).catch(() => [])).some(test)
  const found = await Promise.all([
    ...onPath.map((folder) => holds(folder, (name) => name === plugin)),
    holds(installed, (name) => /^resource-kubernetes-v[\d.]+$/.test(name)),
  ])
  return found.includes(true)
}
