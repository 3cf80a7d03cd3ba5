import { readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure, toFailure } from '../failure.ts'

type Hashes = Readonly<Record<string, string>>

/**
 * `toolchain.lock`: per tool, version and platform the SHA-256 of the file that the project publishes. Only
 * `iv toolchain pin` writes hashes, and only those of files that it fetched.
 */
export interface ReleaseLock {
  about: string
  version: 1
  releases: Readonly<Record<string, Readonly<Record<string, Hashes>>>>
}

const hashPattern = /^sha256:[0-9a-f]{64}$/

/** `IV_TOOLCHAIN_LOCK`, for installations whose own folder is read-only; otherwise the one that is shipped. */
export function releaseLockFile(c: Pick<Collaborators, 'paths' | 'environment'>): string {
  const own = c.environment['IV_TOOLCHAIN_LOCK']
  if (own !== undefined) return resolve(c.paths.project, own)
  return join(c.paths.packageRoot, 'templates', 'toolchain', 'toolchain.lock')
}

/** @throws Failure USAGE when the file cannot be read or is not what `pin` writes. */
export async function readReleaseLock(file: string): Promise<ReleaseLock> {
  let parsed: unknown
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return emptyLock
    throw new Failure('USAGE', `cannot read ${file}: ${toFailure(cause).message}`, { cause, next })
  }
  if (!isLock(parsed)) throw new Failure('USAGE', `${file} is no toolchain lock of version 1`, { next })
  return parsed
}

export function lockedHash(lock: ReleaseLock, tool: { name: string; wanted: string }, platform: string) {
  return lock.releases[tool.name]?.[tool.wanted]?.[platform]?.slice('sha256:'.length)
}

export function withHash(
  lock: ReleaseLock,
  tool: { name: string; wanted: string },
  hash: { platform: string; sha256: string },
): ReleaseLock {
  const versions = lock.releases[tool.name] ?? {}
  const platforms = { ...versions[tool.wanted], [hash.platform]: `sha256:${hash.sha256}` }
  return { ...lock, releases: { ...lock.releases, [tool.name]: { ...versions, [tool.wanted]: platforms } } }
}

/** @throws Failure OPERATION when the folder cannot be written. */
export async function writeReleaseLock(file: string, lock: ReleaseLock): Promise<void> {
  try {
    await writeFile(`${file}.new`, `${JSON.stringify(lock, undefined, 2)}\n`)
    await rename(`${file}.new`, file)
  } catch (cause) {
    throw new Failure('OPERATION', `cannot write ${file}: ${toFailure(cause).message}`, {
      cause,
      next: 'name a file that can be written with IV_TOOLCHAIN_LOCK',
    })
  }
}

const next = 'restore the file, or write it anew with `iv toolchain pin`'

const emptyLock: ReleaseLock = {
  about: 'SHA-256 of official releases; written by `iv toolchain pin` from files that it fetched',
  version: 1,
  releases: {},
}

function isLock(value: unknown): value is ReleaseLock {
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['releases'])) return false
  const hashes = Object.values(value['releases'])
    .flatMap((versions) => (isRecord(versions) ? Object.values(versions) : [undefined]))
    .flatMap((platforms) => (isRecord(platforms) ? Object.values(platforms) : [undefined]))
  return hashes.every((hash) => typeof hash === 'string' && hashPattern.test(hash))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
