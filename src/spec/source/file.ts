import { open, type FileHandle } from 'node:fs/promises'
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

const reasons: Readonly<Record<string, string>> = { EISDIR: 'is a folder', EACCES: 'may not be read' }

async function readLimited(
  file: string,
  name: string,
  mayBeAbsent: boolean,
): Promise<Uint8Array | undefined> {
  let handle
  try {
    handle = await open(file, 'r')
    return await readAll(handle, name)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === undefined) throw error
    if (code === 'ENOENT' && mayBeAbsent) return undefined
    if (code === 'ENOENT') throw unreadable(name, 'does not exist', error, 'write one with: iv init')
    throw unreadable(name, reasons[code ?? ''] ?? `cannot be read: ${code}`, error)
  } finally {
    await handle?.close()
  }
}

/** Never reads more than is allowed: pipes and devices do not tell their size beforehand. */
async function readAll(handle: FileHandle, name: string): Promise<Uint8Array> {
  const { size } = await handle.stat()
  const bytes = new Uint8Array(largestFileBytes + 1)
  let filled = 0
  while (size <= largestFileBytes && filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled)
    if (bytesRead === 0) return bytes.subarray(0, filled)
    filled += bytesRead
  }
  throw tooLarge(name, size > largestFileBytes ? `${size} bytes` : 'too large')
}

function unreadable(...[name, what, cause, next]: readonly [string, string, unknown, string?]): Failure {
  return new Failure('USAGE', `${name} ${what}`, { cause, next: next ?? 'name another file with --config' })
}

function tooLarge(name: string, size: string): Failure {
  const message = `${name} is ${size}; a specification has at most ${largestFileBytes} bytes`
  return new Failure('USAGE', message, {
    next: 'name the right file with --config',
    findings: [{ id: 'IV-YAML-003', severity: 'error', place: `${name}:1:1`, message }],
  })
}
