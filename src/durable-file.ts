import { open, rename } from 'node:fs/promises'
import { dirname, basename, join } from 'node:path'

/**
 * Replaces a file: after a crash it holds the old content or the new one, never a part. Written aside (0600
 * unless said otherwise), synced, renamed, folder synced.
 */
export async function writeDurably(path: string, content: string, mode = 0o600): Promise<void> {
  const folder = dirname(path)
  const aside = join(folder, `.${basename(path)}.new`)
  const file = await open(aside, 'w', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, path)
  const parent = await open(folder, 'r')
  try {
    await parent.sync()
  } finally {
    await parent.close()
  }
}
