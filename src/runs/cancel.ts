import { hostname } from 'node:os'
import type { Cluster } from '../cluster/cluster.ts'
import type { ScopeInput } from '../deploy/scope.ts'
import { openScope } from '../deploy/scope.ts'
import { Failure } from '../failure.ts'
import { acquireLock } from '../lock/acquire.ts'
import { type Holder, holderText, isProvablyDead } from '../lock/holder.ts'
import { LeaseStore } from '../lock/lease.ts'
import type { LockCollaborators } from '../lock/status.ts'
import { regionIdentity } from '../platform/identity.ts'
import { poll } from '../poll.ts'
import { isAlive } from '../process/identity.ts'
import type { CancelData } from '../report/cancel.ts'
import type { Report } from '../report/report.ts'
import { listRuns, type RunRecord } from './journal.ts'

export interface CancelInput extends Omit<ScopeInput, 'regions' | 'allowLocalState'> {
  /** Id of the run. */
  run: string
}

/** The engine finishes the steps that are under way within 60 s, and is stopped hard 10 s later. */
const unwindMs = 90_000

/**
 * Ends a run in order, as its own Ctrl-C would, or clears the locks of one that was cut.
 * @throws Failure `NOT_FOUND` for an unknown run, `LOCKED` for one that belongs to another machine.
 */
export async function cancelRun(input: CancelInput, c: LockCollaborators): Promise<Report<CancelData>> {
  const record = (await listRuns(c.paths)).find(({ id }) => id === input.run)
  if (!record) throw await unknownRun(input, c)
  const report = (state: CancelData['state'], released: readonly string[] = []): Report<CancelData> => ({
    kind: 'CancelResult',
    data: { run: record.id, command: record.command, state, released },
    environment: record.environment,
    regions: record.regions,
  })
  if (record.outcome !== undefined) return report('ended')
  if (record.host !== undefined && record.host !== hostname()) throw foreign(record.id, record.host)
  if (!isAlive(record)) return report('cut', await releaseAll(record, input, c))
  process.kill(record.pid, 'SIGINT')
  // A process that is stopped would never see it.
  process.kill(record.pid, 'SIGCONT')
  c.host.notify('run.cancel-sent', { run: record.id, pid: record.pid })
  const ended = await poll(() => (isAlive(record) ? undefined : true), {
    clock: c.clock,
    everyMs: 100,
    withinMs: unwindMs,
    signal: c.signal,
  })
  if (ended) return report('cancelled')
  throw new Failure(
    'TIMEOUT',
    `run ${record.id} (process ${record.pid}) did not end in ${unwindMs / 1000} s`,
    {
      next: `see what it waits for; kill ${record.pid} and the next command takes over from there`,
    },
  )
}

/** The locks that only a dead run has are given back; everything else is cleared by whoever deploys next. */
async function releaseAll(record: RunRecord, input: CancelInput, c: LockCollaborators): Promise<string[]> {
  const released: string[] = []
  await withLeases(
    { ...input, environment: record.environment, regions: record.regions },
    c,
    async (held) => {
      const { holder, region } = held
      if (holder.runId !== record.id || !isProvablyDead(holder)) return
      await (await acquireLock({ ...held, command: 'cancel', runId: c.runId }, c)).release()
      released.push(region)
    },
  )
  return released
}

async function unknownRun(input: CancelInput, c: LockCollaborators): Promise<Failure> {
  let found: Failure | undefined
  await withLeases({ ...input, regions: ['all'] }, c, async ({ holder }) => {
    if (holder.runId === input.run) found = foreign(input.run, holderText(holder))
  })
  return (
    found ??
    new Failure('NOT_FOUND', `there is no run ${input.run} in this project`, {
      next: 'iv history lists the runs, iv lock status those that hold a lock',
    })
  )
}

function foreign(run: string, host: string): Failure {
  return new Failure('LOCKED', `run ${run} belongs to ${host}`, { next: 'cancel it there', retryable: true })
}

interface HeldLease {
  holder: Holder
  region: string
  project: string
  stack: string
  cluster: Cluster
}

/** Visits the Leases that somebody has. A region that cannot be reached has none to visit. */
async function withLeases(
  input: Omit<ScopeInput, 'allowLocalState'>,
  c: LockCollaborators,
  visit: (lease: HeldLease) => Promise<void>,
): Promise<void> {
  const scope = await openScope({ ...input, allowLocalState: true }, c)
  for (const [region, access] of scope.access) {
    const cluster = await c.connect(access).catch(() => undefined)
    if (!cluster) continue
    try {
      const { project, stack } = regionIdentity(scope.platform, region)
      const { holder } = await new LeaseStore(cluster, { project, stack }).read()
      if (holder) await visit({ holder, region, project, stack, cluster })
    } finally {
      cluster.close()
    }
  }
}
