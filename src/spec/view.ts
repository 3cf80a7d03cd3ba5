import type { Collaborators } from '../collaborators.ts'
import type { Report } from '../report/report.ts'
import { noSuchPath } from './explain.ts'
import { loadPlatform, type LoadInput } from './load.ts'
import type { Origin, Platform } from './platform.ts'
import { isTree, join, parentOf, valueAt } from './tree.ts'

export interface ConfigView {
  /** Empty for the whole specification. */
  path: string
  value: unknown
  /** Of a single value; null for maps and lists, whose values come from several places. */
  origin: Origin | null
  /** Of every single value at or below the path, where it was asked for. */
  origins?: Readonly<Record<string, Origin>>
}

export interface ViewInput extends LoadInput {
  path?: string
  showOrigin: boolean
}

/**
 * The effective specification of one environment, or a part of it.
 * @throws Failure USAGE for a path that has no value, and whatever `loadPlatform` throws.
 */
export async function viewConfig(
  input: ViewInput,
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Report<ConfigView>> {
  const platform = await loadPlatform(input, c)
  const { path = '' } = input
  const plain: unknown = JSON.parse(JSON.stringify(platform.specification))
  const value = valueAt(plain, path)
  if (value === undefined) throw missing(plain, path)
  const data: ConfigView = {
    path,
    value,
    origin: isLeaf(value) ? platform.originOf(path) : null,
    ...(input.showOrigin ? { origins: originsOf(value, path, platform) } : {}),
  }
  return {
    kind: 'ConfigView',
    data,
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
  }
}

function originsOf(value: unknown, path: string, platform: Platform): Record<string, Origin> {
  return Object.fromEntries(leavesOf(value, path).map((leaf) => [leaf, platform.originOf(leaf)]))
}

/** Paths of all single values; an empty map or list counts as one. */
function leavesOf(value: unknown, path: string): string[] {
  if (isLeaf(value)) return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value as object)
  return entries.flatMap(([key, child]) => leavesOf(child, join(path, key)))
}

function isLeaf(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return !isTree(value) || Object.keys(value).length === 0
}

function missing(plain: unknown, path: string): Error {
  let known = path
  while (valueAt(plain, known) === undefined) known = parentOf(known)
  const [key = ''] = path.slice(known === '' ? 0 : known.length + 1).split('.')
  const there = valueAt(plain, known)
  return noSuchPath(path, key, isTree(there) ? Object.keys(there) : [])
}
