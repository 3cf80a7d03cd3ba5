import type { ClusterAccess } from '../cluster/cluster.ts'
import { accessTo, openScope, type ScopeInput } from '../deploy/scope.ts'
import { confirm } from '../events/confirm.ts'
import type { DegradeData, DegradeRow } from '../report/degrade.ts'
import type { Report } from '../report/report.ts'
import { openRun } from '../runs/journal.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { type LadderState, readLadder, writeManual } from './flag-object.ts'
import { effectiveLevel, type LevelName } from './level.ts'
import { type DegradeCollaborators, ladderNamespace, rowOf } from './status.ts'

export interface SetInput extends ScopeInput {
  /** Undefined takes the manual level back: alerts alone decide then. */
  level?: LevelName
  /** Kept on the flag and in the journal. */
  reason: string
}

/**
 * Sets the manual level of regions, or takes it back. No deploy changes it afterwards. All regions are read before the
 * first is changed, so that one without a ladder changes none.
 *
 * @throws {Failure} NOT_FOUND for a region without a ladder, CANCELLED on a decline.
 */
export async function setLevel(input: SetInput, c: DegradeCollaborators): Promise<Report<DegradeData>> {
  const scope = await openScope({ ...input, allowLocalState: true }, c)
  const { specification } = scope.platform
  const { environment, level, reason } = input
  const before = new Map<string, LadderState>()
  for (const region of scope.regions) {
    before.set(region, await withCluster(accessTo(scope, region), c, (at) => at.read(specification, region)))
  }
  await confirm({ id: 'degrade.set', text: question(input, before), danger: 'change' }, c)
  const command = level === undefined ? 'degrade clear' : 'degrade set'
  const inputs = { level: level ?? null, reason }
  const run = await openRun({ command, environment, regions: scope.regions, inputs }, c)
  const ladders: DegradeRow[] = []
  for (const region of scope.regions) {
    await run.step('write', { before: before.get(region), level: level ?? null }, region)
    const since = c.clock.now().toISOString()
    const manual = level && { level, reason, since }
    const state = await withCluster(accessTo(scope, region), c, (at) =>
      at.write(specification, region, manual),
    )
    ladders.push(rowOf(specification, region, state))
  }
  await run.end('OK')
  return { kind: 'DegradeResult', data: { ladders }, environment, regions: scope.regions, runId: run.id }
}

function question({ level, environment }: SetInput, before: ReadonlyMap<string, LadderState>): string {
  const changes = [...before].map(([region, { manual, automatic }]) => {
    const now = effectiveLevel(manual, automatic)
    return `${region} ${now} → ${effectiveLevel(level ?? 'L1', automatic)}`
  })
  return `Change the degradation level in ${environment}: ${changes.join(', ')}?`
}

interface Ladder {
  read(specification: Specification, region: string): Promise<LadderState>
  write(
    specification: Specification,
    region: string,
    manual: Parameters<typeof writeManual>[2],
  ): Promise<LadderState>
}

async function withCluster(
  access: ClusterAccess,
  c: DegradeCollaborators,
  work: (ladder: Ladder) => Promise<LadderState>,
): Promise<LadderState> {
  const cluster = await c.connect(access)
  try {
    return await work({
      read: (specification, region) => readLadder(cluster, ladderNamespace(specification), region),
      async write(specification, region, manual) {
        const namespace = ladderNamespace(specification)
        await writeManual(cluster, namespace, manual)
        return readLadder(cluster, namespace, region)
      },
    })
  } finally {
    cluster.close()
  }
}
