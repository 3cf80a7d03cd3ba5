import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { type Component, definitionName, type DefinedKind } from './component.ts'
import { type Definition, withoutDescriptions } from './definition.ts'

type Needs = Pick<Collaborators, 'paths' | 'random'>

/** What a component's version published; it does not change. */
export function publishedFile(component: Component, wanted: DefinedKind, { paths }: Needs): string {
  const version = `${component.name}-${component.module?.version ?? component.version}`
  return join(paths.cache, 'crds', version, `${definitionName(wanted)}.json`)
}

/** @returns undefined where there is none, or what lies there was damaged. */
export async function readCached(file: string): Promise<Definition | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Definition
  } catch {
    return undefined
  }
}

/** A cache that cannot be written costs time, nothing else. */
export async function writeCached(file: string, definition: Definition, { random }: Needs): Promise<void> {
  const aside = `${file}.${Buffer.from(random.bytes(6)).toString('hex')}`
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFile(aside, JSON.stringify(definition)))
    .then(() => rename(aside, file))
    .catch(() => undefined)
}

/** Parses a definition's text, once per text: the largest take a second. */
export async function parseOnce(text: string, c: Needs): Promise<Definition> {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32)
  const file = join(c.paths.cache, 'crds', 'parsed', `${digest}.json`)
  const known = await readCached(file)
  if (known) return known
  const { parse } = await import('yaml')
  const definition = withoutDescriptions(parse(text) as Definition)
  await writeCached(file, definition, c)
  return definition
}
