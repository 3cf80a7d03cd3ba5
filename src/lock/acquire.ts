import type { Cluster } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { poll } from '../poll.ts'
import { newRunId } from '../random.ts'
import { type Holder, holderText, thisHolder } from './holder.ts'
import { leaseDurationMs, type LeaseState, LeaseStore } from './lease.ts'
import { RegionLock } from './region-lock.ts'
import { lockedFailure, lockState } from './verdict.ts'

export interface LockInput {
  region: string
  project: string
  stack: string
  cluster: Cluster
  command: string
  runId: string
  /** Take it from whoever has it, and say so on the Lease. */
  breaking?: { reason: string }
}

export type LockCollaborators = Pick<Collaborators, 'clock' | 'random' | 'host' | 'signal'>

/** Each lost race is one acquisition by somebody else, after which the Lease is theirs: a few rounds are enough. */
const attempts = 8

/**
 * Takes the lock of a region: a Lease in its own cluster, so that it holds for every machine that can change it.
 * A holder that is provably gone is succeeded at once, one whose Lease looks expired after watching it stand still
 * for its whole duration: clocks of two machines may differ, so that no timestamp is proof.
 * @throws Failure `LOCKED` naming holder and age.
 */
export async function acquireLock(input: LockInput, c: LockCollaborators): Promise<RegionLock> {
  const store = new LeaseStore(input.cluster, input)
  const token = newRunId(c.clock.now(), c.random)
  const holder = thisHolder({ command: input.command, runId: input.runId, token })
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const seen = await store.read()
    if (isHeldByOther(seen, token) && !input.breaking)
      await waitUntilGone(store, { seen, region: input.region }, c)
    const sentMs = c.clock.monotonicMs()
    const sentAt = c.clock.now()
    const time = sentAt.toISOString()
    const broken = input.breaking && { by: holderText(holder), at: time, reason: input.breaking.reason }
    const taken = { holder, acquiredAt: time, renewedAt: time, fencingNumber: seen.fencingNumber + 1 }
    const lease = await store.write({ ...seen, ...taken, broken: broken ?? seen.broken })
    if (!lease) continue
    if (isHeldByOther(seen, token)) {
      const former = { holder: holderText(seen.holder), since: seen.acquiredAt }
      c.host.notify(input.breaking ? 'lock.broken' : 'lock.taken-over', former, input.region)
    }
    return new RegionLock({ store, lease, token, region: input.region, sent: { ms: sentMs, at: sentAt } }, c)
  }
  throw new Failure('LOCKED', `the lock of region ${input.region} changes hands too fast`, {
    region: input.region,
    retryable: true,
    next: 'try again',
  })
}

/** @throws Failure `LOCKED` when a living run has the region now: known before any work is done for nothing. */
export async function refuseWhereLocked(
  input: Pick<LockInput, 'region' | 'project' | 'stack' | 'cluster'>,
  c: Pick<Collaborators, 'clock'>,
): Promise<void> {
  const seen = await new LeaseStore(input.cluster, input).read()
  if (seen.holder && lockState(seen, c.clock.now()) === 'held')
    throw lockedFailure(input.region, { ...seen, holder: seen.holder }, c.clock.now())
}

type Held = LeaseState & { holder: Holder }

/** An earlier write of ours may have arrived although its answer did not. */
function isHeldByOther(seen: LeaseState, token: string): seen is Held {
  return seen.holder !== undefined && seen.holder.token !== token
}

async function waitUntilGone(
  store: LeaseStore,
  { seen, region }: { seen: Held; region: string },
  c: LockCollaborators,
): Promise<void> {
  const state = lockState(seen, c.clock.now())
  if (state === 'held') throw lockedFailure(region, seen, c.clock.now())
  if (state === 'abandoned') return
  c.host.notify('lock.watching', { holder: holderText(seen.holder), forMs: leaseDurationMs }, region)
  const changed = await poll(
    async () => {
      const now = await store.read()
      return now.resourceVersion === seen.resourceVersion ? undefined : now
    },
    { clock: c.clock, everyMs: 1000, withinMs: leaseDurationMs, signal: c.signal },
  )
  if (changed?.holder) throw lockedFailure(region, { ...changed, holder: changed.holder }, c.clock.now())
}
