import { copyFile, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeDurably } from '../durable-file.ts'
import { Failure } from '../failure.ts'
import { type FreeBytes, freeOnDisk } from '../free-bytes.ts'
import type { StackName } from './engine.ts'
import { stateFile } from './state-file.ts'

/** The engine writes a new copy beside the old one and keeps a backup; the fourth is for growth. */
const copies = 4
/** A region's state at its full size, for a stack that has none yet. */
const expectedBytes = 1_000_000

/**
 * Refuses to start where the state would not fit: on a full disk the engine tries for minutes, and leaves its
 * state cut short.
 * @throws Failure `OPERATION` naming path, free and needed.
 */
export async function assertRoom(
  folder: string,
  name: StackName,
  freeBytes: FreeBytes = freeOnDisk,
): Promise<void> {
  const { size } = await stat(stateFile(folder, name)).catch(() => ({ size: 0 }))
  const needed = copies * Math.max(size, expectedBytes)
  const free = await freeBytes(folder)
  if (free >= needed) return
  throw new Failure(
    'OPERATION',
    `the state of stack ${name.stack} needs ${megabytes(needed)} of space at ${folder}, and ${megabytes(free)} are free`,
    { region: name.region, retryable: true, next: 'free some space, then run the same command again' },
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** True for a state that a full disk, a power cut or a kill left half-written. */
export async function isCut(folder: string, name: StackName): Promise<boolean> {
  return (await isStateCut(folder, name)) || (await cutAttributes(folder, name)).length > 0
}

async function isStateCut(folder: string, name: StackName): Promise<boolean> {
  const text = await readFile(stateFile(folder, name), 'utf8').catch(() => undefined)
  return text !== undefined && !isJson(text)
}

/**
 * The notes that the engine's file backend keeps beside each file (`.attrs`: its type and checksum). It writes the
 * file itself beside the old one and renames it, but these in place, so a kill leaves them empty; every later read
 * of the state then fails with `failed to load checkpoint: EOF`. Without them it reads the state all the same.
 */
async function cutAttributes(folder: string, name: StackName): Promise<string[]> {
  const beside = dirname(stateFile(folder, name))
  const names = await readdir(beside).catch(() => [])
  const files = names
    .filter((file) => file.startsWith(`${name.stack}.`) && file.endsWith('.attrs'))
    .map((file) => join(beside, file))
  const whole = await Promise.all(files.map(async (file) => isJson(await readFile(file, 'utf8'))))
  return files.filter((_, index) => whole[index] !== true)
}

/**
 * Removes cut notes, and puts the engine's backup, which is one step older, in the place of a cut state; the cut one
 * is kept beside it. What that step did is found again: objects carry the proof of their stack.
 * @returns what was repaired; undefined for a cut state without a usable backup.
 */
export async function repair(folder: string, name: StackName): Promise<'state' | 'notes' | undefined> {
  await Promise.all((await cutAttributes(folder, name)).map((attributes) => rm(attributes, { force: true })))
  if (!(await isStateCut(folder, name))) return 'notes'
  const file = stateFile(folder, name)
  const backup = await readFile(`${file}.bak`, 'utf8').catch(() => undefined)
  if (backup === undefined || !isJson(backup)) return undefined
  await copyFile(file, `${file}.cut`)
  await writeDurably(file, backup)
  return 'state'
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
