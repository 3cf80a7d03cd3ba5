import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../cluster/cluster.ts'
import { objectName } from '../cluster/errors.ts'
import { parseRecord, recordTag } from './record.ts'
import type { StackName, StackRecord } from './engine.ts'

/** State of one stack in a file backend. */
export function stateFile(folder: string, name: StackName): string {
  return join(folder, '.pulumi', 'stacks', name.project, `${name.stack}.json`)
}

export function lockFolder(folder: string, name: StackName): string {
  return join(folder, '.pulumi', 'locks', 'organization', name.project, name.stack)
}

/**
 * The record of a stack in a file backend, without starting the engine: a process costs 0.2 s, and `status` must
 * not need one. Undefined when there is no such stack.
 */
export async function readStackRecord(folder: string, name: StackName): Promise<StackRecord | undefined> {
  const file = stateFile(folder, name)
  const [state, tags] = await Promise.all([
    readIfThere(file),
    readIfThere(file.replace(/\.json$/, '.pulumi-tags')),
  ])
  if (state === undefined) return undefined
  const stored = tags === undefined ? undefined : (JSON.parse(tags) as { tags?: Record<string, string> })
  return parseRecord(stored?.tags?.[recordTag])
}

/** Operations that were under way when an earlier run was cut, as the state remembers them. */
export async function countPending(folder: string, name: StackName): Promise<number> {
  return (await pendingOperations(folder, name)).length
}

/** The objects that a run was creating when it was cut, as the program gave them: each may exist or not. */
export async function pendingCreates(folder: string, name: StackName): Promise<JsonObject[]> {
  const pending = await pendingOperations(folder, name)
  return pending.flatMap(({ type, resource }) =>
    type === 'creating' && resource?.inputs?.['kind'] !== undefined ? [resource.inputs] : [],
  )
}

/** The objects that the state knows: `Kind namespace/name`. */
export async function recordedObjects(folder: string, name: StackName): Promise<Set<string>> {
  const { resources = [] } = await latest(folder, name)
  return new Set(resources.flatMap(({ inputs }) => (inputs?.['kind'] === undefined ? [] : [labelOf(inputs)])))
}

export function labelOf(object: JsonObject): string {
  const { namespace, name } = (object['metadata'] ?? {}) as { namespace?: string; name?: string }
  return objectName({
    apiVersion: String(object['apiVersion']),
    kind: String(object['kind']),
    namespace,
    name,
  })
}

interface Snapshot {
  resources?: { inputs?: JsonObject }[]
  pending_operations?: PendingOperation[]
}

interface PendingOperation {
  type?: string
  resource?: { inputs?: JsonObject }
}

async function pendingOperations(folder: string, name: StackName): Promise<PendingOperation[]> {
  return (await latest(folder, name)).pending_operations ?? []
}

async function latest(folder: string, name: StackName): Promise<Snapshot> {
  const text = await readIfThere(stateFile(folder, name))
  if (text === undefined) return {}
  const { checkpoint } = JSON.parse(text) as { checkpoint?: { latest?: Snapshot } }
  return checkpoint?.latest ?? {}
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
