import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { backendOf } from '../deploy/backend.ts'
import { openScope, type ScopeInput } from '../deploy/scope.ts'
import { verdictOf } from '../deploy/verdict.ts'
import type { StackName } from '../engine/engine.ts'
import { isAbandoned, readLocks } from '../engine/lock.ts'
import { fileBackendFolder } from '../engine/places.ts'
import { countPending } from '../engine/state-file.ts'
import { type Failure, toFailure } from '../failure.ts'
import { regionIdentity } from '../platform/identity.ts'
import type { LockRow, LocksData } from '../report/locks.ts'
import { regionError } from '../report/region-error.ts'
import type { Report } from '../report/report.ts'
import { LeaseStore, noLease } from './lease.ts'
import { lockState } from './verdict.ts'

export interface LockCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
}

/** Who may write to each region now, and what of the engine's own is left there. Reads only. */
export async function lockStatus(input: ScopeInput, c: LockCollaborators): Promise<Report<LocksData>> {
  const regions = input.regions.length === 0 ? ['all'] : input.regions
  // Reading changes nothing: a local state is no reason to refuse.
  const scope = await openScope({ ...input, regions, allowLocalState: true }, c)
  const folder = fileBackendFolder(backendOf(scope.platform, c.paths).url)
  const failures = new Map<string, Failure>()
  const locks = await Promise.all(
    [...scope.access].map(async ([region, access]) => {
      const name = regionIdentity(scope.platform, region)
      const engine = await engineLocks(folder, name)
      const lease = await leaseOf(access, name, c).catch((error: unknown) => toFailure(error))
      if (!(lease instanceof Error)) return { ...lease, ...engine }
      if (lease.code === 'INTERNAL') throw lease
      failures.set(region, lease)
      return { ...rowOf(region, c), ...engine, state: 'unreachable' as const, error: regionError(lease) }
    }),
  )
  const ends = scope.regions.map((region) => {
    const failure = failures.get(region)
    return failure ? ({ region, status: 'failed', failure } as const) : ({ region, status: 'done' } as const)
  })
  const verdict = verdictOf(ends, { verb: 'read', signal: c.signal })
  return {
    kind: 'LockStatus',
    data: { locks },
    outcome: verdict.outcome,
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    environment: input.environment,
    regions: scope.regions,
  }
}

async function leaseOf(access: ClusterAccess, name: StackName, c: LockCollaborators): Promise<LockRow> {
  const cluster = await c.connect(access)
  try {
    return rowOf(name.region, c, await new LeaseStore(cluster, name).read())
  } finally {
    cluster.close()
  }
}

async function engineLocks(
  folder: string | undefined,
  name: StackName,
): Promise<Pick<LockRow, 'engine' | 'pendingOperations'>> {
  if (folder === undefined) return { engine: [], pendingOperations: 0 }
  const [locks, pendingOperations] = await Promise.all([readLocks(folder, name), countPending(folder, name)])
  return { engine: locks.map((lock) => ({ ...lock, isAbandoned: isAbandoned(lock) })), pendingOperations }
}

export function rowOf(region: string, c: Pick<Collaborators, 'clock'>, lease = noLease): LockRow {
  const { holder, acquiredAt, renewedAt, fencingNumber, broken } = lease
  const now = c.clock.now()
  return {
    region,
    state: lockState(lease, now),
    holder: holder
      ? { host: holder.host, pid: holder.pid, command: holder.command, runId: holder.runId }
      : null,
    acquiredAt: acquiredAt || null,
    renewedAt: renewedAt || null,
    ageMs: holder ? now.getTime() - Date.parse(acquiredAt) : null,
    fencingNumber,
    broken: broken ?? null,
    engine: [],
    pendingOperations: 0,
    error: null,
  }
}
