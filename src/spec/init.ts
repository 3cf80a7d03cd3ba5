import { copyFile, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'

export const presetNames = ['seed', 'minimal', 'literal'] as const
export type PresetName = (typeof presetNames)[number]

export interface InitResult {
  files: readonly string[]
}

export interface InitInput {
  /** Where `iv.yaml` goes; made if it is not there. */
  folder: string
  preset: PresetName
  /** Replace an `iv.yaml` that is there. */
  force: boolean
}

/**
 * Writes `iv.yaml` from a preset, whole or not at all.
 * @throws Failure USAGE where there is one already, OPERATION where it cannot be written.
 */
export async function initProject(
  input: InitInput,
  { paths, runId }: Pick<Collaborators, 'paths' | 'runId'>,
): Promise<Report<InitResult>> {
  const file = join(input.folder, 'iv.yaml')
  const preset = presetFile(paths.packageRoot, input.preset)
  // Fails here, before anything is made, where the package is incomplete.
  await readFile(preset)
  try {
    await mkdir(input.folder, { recursive: true })
    if (input.force) await replace(preset, file, runId)
    else await copyFile(preset, file, constants.COPYFILE_EXCL)
  } catch (error) {
    throw cannotWrite(file, error)
  }
  return { kind: 'InitResult', data: { files: [file] } }
}

export function presetFile(packageRoot: string, preset: PresetName): string {
  return join(packageRoot, 'templates', 'presets', `${preset}.yaml`)
}

/** Through a file beside it, so that an interrupted run leaves the old one whole. */
async function replace(preset: string, file: string, runId: string): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.${runId}`)
  try {
    await copyFile(preset, beside)
    await rename(beside, file)
  } finally {
    await rm(beside, { force: true })
  }
}

function cannotWrite(file: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  // A folder that is really a file fails with the same code, in another call.
  if (code === 'EEXIST' && syscall === 'copyfile') {
    return new Failure('USAGE', `${file} is there already`, {
      cause: error,
      next: 'replace it with --force, or name another folder',
    })
  }
  if (code === undefined) return error
  return new Failure('OPERATION', `cannot write ${file}: ${code}`, {
    cause: error,
    next: 'name a folder that can be written',
  })
}
