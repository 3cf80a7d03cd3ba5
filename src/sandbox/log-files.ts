import { copyFile, mkdir, stat, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileFailure } from './files.ts'

/** A log beyond this is set aside as `.1` (replacing the one before) at the next `iv local up`. */
const largestBytes = 10_000_000

/**
 * Makes the folder of a log and keeps the log bounded. Processes append, so a file cut to nothing under a running
 * one simply begins anew.
 */
export async function prepareLog(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    )
    if (size <= largestBytes) return
    await copyFile(file, `${file}.1`)
    await truncate(file)
  } catch (error) {
    throw fileFailure(error, file)
  }
}
