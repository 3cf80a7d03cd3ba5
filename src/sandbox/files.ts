import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '../failure.ts'
import { freeOnDisk } from '../free-bytes.ts'

/** etcd reserves its write-ahead log in pieces of 64 MB, two of them at the start. */
const neededBytes = 400_000_000

let writes = 0

/**
 * Replaces a file as a whole: readers see the old or the new content, never half of it.
 * @throws Failure `OPERATION` naming the file, when the disk is full or the folder not writable.
 */
export async function writeAtomically(file: string, content: string, mode: number): Promise<void> {
  writes += 1
  const temporary = `${file}.${process.pid}.${writes}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(temporary, content, { mode })
    await chmod(temporary, mode)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw fileFailure(error, file)
  }
}

/**
 * Makes the sandbox's folder and looks whether it can hold a sandbox at all, before anything is started.
 * @throws Failure `OPERATION` when it cannot be made or too little space is left.
 */
export async function ensureRoom(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw fileFailure(error, folder)
  }
  const freeBytes = await freeOnDisk(folder)
  if (freeBytes >= neededBytes) return
  const megabytes = (bytes: number): number => Math.floor(bytes / 1_000_000)
  throw new Failure(
    'OPERATION',
    `${megabytes(freeBytes)} MB free at ${folder}; the sandbox needs ${megabytes(neededBytes)} MB`,
    { next: 'make room on that disk and run the command again' },
  )
}

export function fileFailure(error: unknown, file: string): Failure {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC')
    return new Failure('OPERATION', `no space left to write ${file}`, {
      next: 'make room on that disk and run the command again',
      cause: error,
    })
  return new Failure('OPERATION', `cannot write ${file}: ${message}`, { cause: error })
}
