import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure, toFailure } from '../failure.ts'
import { parseOnce, publishedFile, readCached, writeCached } from './cache.ts'
import { definitionName, type DefinitionModule } from './component.ts'
import type { Definition } from './definition.ts'
import { findDefinition } from './find.ts'
import { moduleSource } from './module.ts'
import { stubOf } from './stub.ts'
import type { UsedKind } from './used.ts'

/** Where a definition came from. A `stub` accepts anything: nothing is proved by what it accepts. */
export type DefinitionSource = 'directory' | 'module' | 'stub'

export interface ResolvedDefinition extends UsedKind {
  object: Definition
  source: DefinitionSource
  /** The file, the module, or why there is only a stub. */
  detail: string
}

/**
 * The folder of definitions that is looked at first: what was asked for, or `../shared/crds` beside the project.
 * @throws Failure NOT_FOUND when a folder that was asked for is not there.
 */
export async function definitionFolder(
  asked: string | undefined,
  { paths }: Pick<Collaborators, 'paths'>,
): Promise<string | undefined> {
  const folder = resolve(paths.project, asked ?? join('..', 'shared', 'crds'))
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (isThere) return folder
  if (asked === undefined) return undefined
  throw new Failure('NOT_FOUND', `no folder of definitions at ${folder}`, {
    next: 'name a folder with one subfolder per component, such as keda/, with --crds or IV_CRDS',
  })
}

/**
 * The definition of every kind: from the folder, from what was fetched before, from the module that publishes it, and
 * a stub where none of these has it. All at once; nothing is installed.
 */
export async function resolveDefinitions(
  kinds: readonly UsedKind[],
  folder: string | undefined,
  c: Collaborators,
): Promise<ResolvedDefinition[]> {
  // Several kinds of one module share its download.
  const modules = new Map<DefinitionModule, Promise<string>>()
  const sourceOf = (module: DefinitionModule): Promise<string> => {
    const known = modules.get(module) ?? moduleSource(module, c)
    modules.set(module, known)
    return known
  }
  return Promise.all(
    kinds.map(async (used) => {
      const found = folder === undefined ? undefined : await fromFolder(used, folder, c)
      return found ?? (await fromModule(used, sourceOf, c))
    }),
  )
}

async function fromFolder(
  used: UsedKind,
  folder: string,
  c: Collaborators,
): Promise<ResolvedDefinition | undefined> {
  const found = await findDefinition([join(folder, used.component.name)], used.definition)
  if (!found) return undefined
  return { ...used, object: await parseOnce(found.text, c), source: 'directory', detail: found.file }
}

async function fromModule(
  used: UsedKind,
  sourceOf: (module: DefinitionModule) => Promise<string>,
  c: Collaborators,
): Promise<ResolvedDefinition> {
  const { component, definition } = used
  const { module } = component
  if (!module) return stub(used, `no registry serves the definitions of ${component.operator}`)
  const published = { source: 'module', detail: `${module.path}@${module.version}` } as const
  const file = publishedFile(component, definition, c)
  const known = await readCached(file)
  if (known) return { ...used, object: known, ...published }
  try {
    const object = await extract(used, await sourceOf(module), c)
    await writeCached(file, object, c)
    return { ...used, object, ...published }
  } catch (error) {
    c.signal.throwIfAborted()
    return stub(used, toFailure(error).message)
  }
}

async function extract(
  { component, definition }: UsedKind,
  source: string,
  c: Collaborators,
): Promise<Definition> {
  const folders = (component.module?.folders ?? []).map((folder) => join(source, folder))
  const found = await findDefinition(folders, definition)
  if (found) return parseOnce(found.text, c)
  throw new Failure('OPERATION', `${component.module?.path} has no ${definitionName(definition)}`)
}

function stub(used: UsedKind, detail: string): ResolvedDefinition {
  return { ...used, object: stubOf(used.definition), source: 'stub', detail }
}
