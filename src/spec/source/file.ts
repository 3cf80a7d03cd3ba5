import { open } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { Failure } from '../../failure.ts'
import type { Paths } from '../../paths.ts'

/**
 * The complete specification with every default written out is 30 KB, so beyond this something else was named.
 * It is also what keeps the worst text below a second: the parser takes quadratic time for some.
 */
export const largestFileBytes = 131_072

export interface SourceFile {
  /** Absolute. */
  file: string
  /** As people see it: relative to the project where it lies inside. */
  name: string
  text: string
}

/**
 * The named file, or `<project>/iv.yaml` where there is one.
 * @throws Failure USAGE for a named file that is absent, unreadable, too large or not UTF-8.
 */
export async function readSource(named: string | undefined, paths: Paths): Promise<SourceFile | undefined> {
  const wanted = named ?? 'iv.yaml'
  const file = isAbsolute(wanted) ? wanted : join(paths.project, wanted)
  const short = relative(paths.project, file)
  const name = short.startsWith('..') ? file : short
  const bytes = await readLimited(file, name, named === undefined)
  if (bytes === undefined) return undefined
  try {
    return { file, name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    throw unreadable(name, 'is not UTF-8 text', error)
  }
}

async function readLimited(
  file: string,
  name: string,
  mayBeAbsent: boolean,
): Promise<Uint8Array | undefined> {
  let handle
  try {
    handle = await open(file, 'r')
    const { size } = await handle.stat()
    if (size > largestFileBytes) throw tooLarge(name, size)
    return await handle.readFile()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' && mayBeAbsent) return undefined
    if (code === 'ENOENT') throw unreadable(name, 'does not exist', error, 'write one with: iv init')
    if (code === 'EISDIR') throw unreadable(name, 'is a folder', error)
    if (code === 'EACCES') throw unreadable(name, 'may not be read', error)
    throw error
  } finally {
    await handle?.close()
  }
}

function unreadable(...[name, what, cause, next]: readonly [string, string, unknown, string?]): Failure {
  return new Failure('USAGE', `${name} ${what}`, { cause, next: next ?? 'name another file with --config' })
}

function tooLarge(name: string, bytes: number): Failure {
  const message = `${name} is ${bytes} bytes; a specification has at most ${largestFileBytes}`
  return new Failure('USAGE', message, {
    next: 'name the right file with --config',
    findings: [{ id: 'IV-YAML-003', severity: 'error', place: `${name}:1:1`, message }],
  })
}
