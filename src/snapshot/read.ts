import { readFile } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import { digestOf } from '../spec/digest.ts'
import { type Snapshot, snapshot } from './snapshot.ts'

/**
 * Reads a file of `iv snapshot save`.
 * @throws {Failure} NOT_FOUND for a file that is absent, USAGE for one that is no snapshot or was changed.
 */
export async function readSnapshot(file: string): Promise<Snapshot> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Failure('NOT_FOUND', `${file} does not exist`, { cause: error })
    throw new Failure('USAGE', `${file} cannot be read: ${error.code ?? error.message}`, { cause: error })
  })
  const parsed = snapshot.safeParse(jsonOf(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Failure(
      'USAGE',
      `${file} is not a snapshot: ${issue?.path.join('.') || 'text'}: ${issue?.message}`,
      {
        next: 'make one with: iv snapshot save --out FILE',
      },
    )
  }
  const { digest, ...rest } = parsed.data
  if (digestOf(rest) === digest) return parsed.data
  throw new Failure('USAGE', `${file} was changed after it was saved: its digest does not match`, {
    next: 'save it again',
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
