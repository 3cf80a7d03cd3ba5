import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { openScope, type ScopeInput } from '../deploy/scope.ts'
import { verdictOf } from '../deploy/verdict.ts'
import { type Failure, toFailure } from '../failure.ts'
import { namespaceName } from '../platform/names.ts'
import { tierOf } from '../platform/tiers.ts'
import type { DegradeData, DegradeRow } from '../report/degrade.ts'
import { regionError } from '../report/region-error.ts'
import type { Report } from '../report/report.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { type LadderState, readLadder } from './flag-object.ts'
import { effectiveLevel, levelNumber } from './level.ts'

export interface DegradeCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
}

/** The level of each region, and why. Reads only. */
export async function degradeStatus(
  input: ScopeInput,
  c: DegradeCollaborators,
): Promise<Report<DegradeData>> {
  const regions = input.regions.length === 0 ? ['all'] : input.regions
  const scope = await openScope({ ...input, regions, allowLocalState: true }, c)
  const { specification } = scope.platform
  const failures = new Map<string, Failure>()
  const ladders = await Promise.all(
    [...scope.access].map(async ([region, access]) => {
      const found = await stateOf(specification, { region, access }, c).catch(toFailure)
      if (!(found instanceof Error)) return rowOf(specification, region, found)
      if (found.code === 'INTERNAL') throw found
      failures.set(region, found)
      return { ...unknownRow, region, error: regionError(found) }
    }),
  )
  const ends = scope.regions.map((region) => {
    const failure = failures.get(region)
    return failure ? ({ region, status: 'failed', failure } as const) : ({ region, status: 'done' } as const)
  })
  const { outcome, error } = verdictOf(ends, { verb: 'read', signal: c.signal })
  return {
    kind: 'DegradeStatus',
    data: { ladders },
    outcome,
    ...(error === undefined ? {} : { error }),
    environment: input.environment,
    regions: scope.regions,
  }
}

export function rowOf(specification: Specification, region: string, state: LadderState): DegradeRow {
  const level = effectiveLevel(state.manual, state.automatic)
  const number = levelNumber(level)
  const meant = Object.values(specification.degradation.levels).find(
    ({ levelNumber: each }) => each === number,
  )
  return {
    region,
    level,
    title: meant?.title ?? null,
    manual: state.manual,
    automatic: state.automatic,
    reason: state.reason,
    since: state.since,
    firing: Object.keys(state.firing),
    error: null,
  }
}

const unknownRow: Omit<DegradeRow, 'region' | 'error'> = {
  level: null,
  title: null,
  manual: null,
  automatic: null,
  reason: null,
  since: null,
  firing: [],
}

/** The namespace in which the ladder of a platform lies. */
export function ladderNamespace({ name }: Specification): string {
  return namespaceName(name, tierOf('conductor'))
}

interface Place {
  region: string
  access: ClusterAccess
}

async function stateOf(specification: Specification, { region, access }: Place, c: DegradeCollaborators) {
  const cluster = await c.connect(access)
  try {
    return await readLadder(cluster, ladderNamespace(specification), region)
  } finally {
    cluster.close()
  }
}
