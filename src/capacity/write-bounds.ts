import { readFile } from 'node:fs/promises'
import type { Collaborators } from '../collaborators.ts'
import { confirm } from '../events/confirm.ts'
import { Failure } from '../failure.ts'
import { lineDiff } from '../line-diff.ts'
import { editedText, replaceSpecification } from '../spec/edit.ts'
import type { Platform } from '../spec/platform.ts'
import { valueAt } from '../spec/tree.ts'
import type { CapacityModel, HorizonPlan } from './horizon.ts'
import { plannedBounds } from './planned-bounds.ts'

/** A bound that was put into the specification. */
export interface Written {
  path: string
  /** Null where there was none. */
  from: number | null
  to: number
}

/**
 * Puts the bounds of a plan into the specification: shows the difference, asks, replaces the file whole.
 * @throws {Failure} USAGE without a file, CANCELLED on a decline, OPERATION where it cannot be written.
 */
export async function writeBounds(
  plan: HorizonPlan,
  { model, platform }: { model: CapacityModel; platform: Platform },
  c: Pick<Collaborators, 'host'>,
): Promise<Written[]> {
  const { file, specification, environment } = platform
  if (file === undefined) {
    throw new Failure('USAGE', 'there is no iv.yaml to write to', { next: 'write one with: iv init' })
  }
  const written = plannedBounds(model, plan)
    .map(({ path, value }) => ({ path, from: numberAt(specification, path), to: value }))
    .filter(({ from, to }) => from !== to)
  if (written.length === 0) return []
  const before = await readFile(file, 'utf8')
  const after = editedText(
    before,
    written.map(({ path, to }) => ({ path, value: to })),
    environment,
  )
  c.host.notify('capacity.edit', { file, lines: lineDiff(before, after) })
  await confirm(
    { id: 'capacity.write', text: `Write these ${written.length} values to ${file}?`, danger: 'change' },
    c,
  )
  await replaceSpecification(file, before, after)
  return written
}

function numberAt(specification: unknown, path: string): number | null {
  const value = valueAt(specification, path)
  return typeof value === 'number' ? value : null
}
