import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Free bytes for the file system that a path is on, or will be on. A record so that tests need no full disk. */
export type FreeBytes = (path: string) => Promise<number>

export const freeOnDisk: FreeBytes = async (path) => {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    return freeOnDisk(dirname(path))
  }
}
