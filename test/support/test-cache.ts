import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A folder in the user's cache that tests fill once; half filled ones are never seen. */
export function testCache(name: string, fill: (folder: string) => void): string {
  const { IV_CACHE_DIR, XDG_CACHE_HOME } = process.env
  const parent = join(IV_CACHE_DIR ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'iv'), 'test')
  const folder = join(parent, name)
  if (existsSync(folder)) return folder
  mkdirSync(parent, { recursive: true })
  const filling = mkdtempSync(`${folder}-`)
  try {
    fill(filling)
    // Somebody else may have been faster: then theirs is as good.
    if (!existsSync(folder)) renameSync(filling, folder)
  } finally {
    rmSync(filling, { recursive: true, force: true })
  }
  return folder
}
