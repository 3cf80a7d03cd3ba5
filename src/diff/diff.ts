import { readPrices } from '../capacity/read-prices.ts'
import type { AccessFlags } from '../deploy/access.ts'
import { Failure, type Finding } from '../failure.ts'
import { treeFolder } from '../render/folder.ts'
import type { Report } from '../report/report.ts'
import { loadPlatform, type LoadInput } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { selectRegions } from '../spec/regions.ts'
import { againstCommit } from './against-commit.ts'
import { againstLive, type DiffCollaborators } from './against-live.ts'
import { againstTree } from './against-tree.ts'
import type { Change } from './change.ts'
import { meaningsOf } from './meaning.ts'
import { patchOf } from './patch.ts'
import type { DiffData } from './result.ts'

/** With what the specification is compared. */
export type Against =
  | { with: 'commit'; reference: string }
  /** The files of a rendered tree as they are at a commit; `folder` is absolute, the environment's own if left out. */
  | { with: 'tree'; folder: string | undefined; reference: string }
  | { with: 'cluster'; access: AccessFlags }

export interface DiffInput extends LoadInput {
  /** All where none is named. */
  regions: readonly string[]
  against: Against
  /** Fail with `CHANGES` where anything differs. */
  exitCode: boolean
}

/** One side of a comparison, and what came of it. */
export interface Compared {
  /** What the specification is compared with, in words. */
  from: string
  changes: Change[]
  same: number
  /** The other specification, where there is one. */
  before?: Platform | undefined
  findings?: readonly Finding[]
  /** Set when not every region could be read. */
  error?: Failure | undefined
}

export interface Current {
  platform: Platform
  regions: readonly string[]
}

/** What the specification changes: meaning first, then every object. Changes nothing. */
export async function diff(input: DiffInput, c: DiffCollaborators): Promise<Report<DiffData>> {
  const platform = await loadPlatform({ ...input, allowLocalState: true }, c)
  const regions = selectRegions(platform, input.regions.length === 0 ? ['all'] : input.regions)
  const compared = await compare(input, { platform, regions }, c)
  const { changes, before, same } = compared
  const prices = await readPrices(undefined, c.paths)
  const of = (action: Change['action']): number => changes.filter((change) => change.action === action).length
  const differs = input.exitCode && changes.length > 0
  const error = compared.error ?? (differs ? differences(changes.length, compared.from) : undefined)
  return {
    kind: 'DiffResult',
    data: {
      environment: platform.environment,
      from: compared.from,
      to: 'the specification',
      counts: { create: of('create'), update: of('update'), delete: of('delete'), same },
      semantic: meaningsOf({ changes, before, after: platform, prices }),
      objects: changes.map((change) => {
        const { region, action, kind, namespace, name } = change
        return { region, action, kind, namespace, name, patch: patchOf(change) }
      }),
    },
    ...(error ? { outcome: error.code, error } : {}),
    environment: platform.environment,
    regions,
    inputs: { configDigest: platform.digest },
    findings: compared.findings ?? [],
  }
}

function compare(input: DiffInput, current: Current, c: DiffCollaborators): Promise<Compared> {
  const { against } = input
  if (against.with === 'cluster') return againstLive(current, against.access, c)
  if (against.with === 'tree') {
    const folder = against.folder ?? treeFolder(current.platform, c.paths)
    return againstTree(current, { folder, reference: against.reference }, c)
  }
  return againstCommit(input, { ...current, reference: against.reference }, c)
}

function differences(count: number, from: string): Failure {
  const objects = count === 1 ? '1 object differs' : `${count} objects differ`
  return new Failure('CHANGES', `${objects} between the specification and ${from}`, {
    next: 'review them; without --exit-code differences are no failure',
  })
}
