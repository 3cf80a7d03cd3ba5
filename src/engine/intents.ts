import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { JsonObject } from '../cluster/cluster.ts'
import { writeDurably } from '../durable-file.ts'
import { annotations } from '../names.ts'
import type { ResourceChange, StackName } from './engine.ts'
import { labelOf, pendingCreates, recordedObjects, stateFile } from './state-file.ts'

/*
 * The engine writes its whole state twice per object, which costs the square of their number. It is told not to,
 * and writes it once, at its end. What a cut run would lose that way is which objects it made: so these are listed
 * on the disk before the engine starts. Whatever it did can then be found again, since names are fixed, every object
 * carries its stack, and each run reads the live objects first.
 */

/** Makes the engine write its state once, at its end. */
export const oneCheckpoint = { PULUMI_SKIP_CHECKPOINTS: 'true' } as const

function intentsFile(folder: string, { project, stack }: StackName): string {
  return join(folder, 'iv-intents', project, `${stack}.json`)
}

/** The objects that runs since the last settled one set out to make; undefined where the state says all there is. */
export async function readIntents(folder: string, name: StackName): Promise<JsonObject[] | undefined> {
  try {
    return JSON.parse(await readFile(intentsFile(folder, name), 'utf8')) as JsonObject[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** What a cut run may have made and the state does not know. */
export async function unrecorded(folder: string, name: StackName): Promise<JsonObject[]> {
  const [pending, intents, recorded] = await Promise.all([
    pendingCreates(folder, name),
    readIntents(folder, name),
    recordedObjects(folder, name),
  ])
  return [...pending, ...(intents ?? []).filter((object) => !recorded.has(labelOf(object)))]
}

/** On the disk before it returns: adds what this run is about to make to what earlier ones left. */
export async function writeIntents(
  folder: string,
  name: StackName,
  changes: readonly ResourceChange[],
): Promise<void> {
  const file = intentsFile(folder, name)
  const before = (await readIntents(folder, name)) ?? []
  const made = changes.filter(({ op }) => op === 'create' || op === 'replace')
  const all = [...before, ...made.flatMap((change) => objectOf(change, name))]
  const distinct = new Map(all.map((object) => [JSON.stringify(object), object]))
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeDurably(file, `${JSON.stringify([...distinct.values()])}\n`)
}

/** Once the state holds everything: first that is made to survive a power cut, then the list goes. */
export async function dropIntents(folder: string, name: StackName): Promise<void> {
  const file = stateFile(folder, name)
  for (const path of [file, dirname(file)]) await sync(path)
  await rm(intentsFile(folder, name), { force: true })
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined)
  try {
    await handle?.sync()
  } finally {
    await handle?.close()
  }
}

/** What finds the object again, and proves whose it is; nothing of its content. */
function objectOf({ type, name }: ResourceChange, { project, stack }: StackName): JsonObject[] {
  const [version = '', kind] = type.split(':')
  if (kind === undefined || type.startsWith('pulumi:')) return []
  const [namespace, own] = name.includes('/') ? name.split('/') : [undefined, name]
  const metadata = {
    name: own,
    ...(namespace === undefined ? {} : { namespace }),
    annotations: { [annotations.stack]: `${project}/${stack}` },
  }
  return [{ apiVersion: version.replace(/^core\//, ''), kind, metadata }]
}
