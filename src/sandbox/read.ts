import { readFile } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import type { Paths } from '../paths.ts'
import { sandboxRecordFile } from './places.ts'
import type { SandboxRecord } from './record.ts'

/**
 * What `.iv/local/sandbox.json` says; undefined where no sandbox was ever started in this project.
 * @throws Failure `OPERATION` when the file is damaged or from another version of `iv`.
 */
export async function readSandbox(paths: Paths): Promise<SandboxRecord | undefined> {
  const file = sandboxRecordFile(paths)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new Failure('OPERATION', `cannot read ${file}: ${error.message}`, { cause: error })
  })
  return text === undefined ? undefined : parseRecord(text, file)
}

function parseRecord(text: string, file: string): SandboxRecord {
  const damaged = (why: string, cause?: unknown): Failure =>
    new Failure('OPERATION', `${file} ${why}`, {
      next: 'iv local reset --yes removes the sandbox and its data; iv local up then starts afresh',
      cause,
    })
  let value: Partial<SandboxRecord>
  try {
    value = JSON.parse(text) as Partial<SandboxRecord>
  } catch (error) {
    throw damaged('is not JSON', error)
  }
  if (typeof value !== 'object' || value === null || value.version !== 1)
    throw damaged('was not written by this version of iv')
  if (!value.etcd || !Array.isArray(value.regions)) throw damaged('is incomplete')
  return value as SandboxRecord
}
