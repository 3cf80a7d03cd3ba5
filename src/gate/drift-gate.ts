import { type AccessFlags, clusterAccess } from '../deploy/access.ts'
import { againstLive, type DiffCollaborators } from '../diff/against-live.ts'
import { toFailure } from '../failure.ts'
import { leaseDurationMs, LeaseStore } from '../lock/lease.ts'
import { holderText } from '../lock/holder.ts'
import { lockState } from '../lock/verdict.ts'
import { regionIdentity } from '../platform/identity.ts'
import type { Platform } from '../spec/platform.ts'
import type { Gate, Judgement, Verdict } from './verdict.ts'

/**
 * Whether what runs is what was specified before this change: a change on top of an unknown state is no reviewed
 * change. What the change itself makes different is not drift.
 */
export const driftGate: Gate = async ({ platform, past, regions, input }, c) => {
  const base = past ?? platform
  const known = regions.filter((region) => Object.hasOwn(base.specification.regions, region))
  const judged = await Promise.all(known.map((region) => judge(base, { region, access: input.access }, c)))
  const worst = worstFirst
    .map((verdict) => judged.find((each) => each.verdict === verdict))
    .find((each) => each)
  if (worst) return worst
  const count = judged.reduce((sum, { same }) => sum + same, 0)
  return { verdict: 'allow', reason: `${count} objects are as specified before this change` }
}

const worstFirst: readonly Verdict[] = ['deny', 'defer', 'unknown']

interface Place {
  region: string
  access: AccessFlags
}

type Judged = Judgement & { same: number }

async function judge(platform: Platform, place: Place, c: DiffCollaborators): Promise<Judged> {
  const { region, access } = place
  const without = (judgement: Judgement): Judged => ({ ...judgement, same: 0 })
  try {
    const busy = await lockOf(platform, place, c)
    if (busy) return without(busy)
    const { changes, same } = await againstLive({ platform, regions: [region] }, access, c)
    const [first] = changes
    if (!first) return { verdict: 'allow', reason: '', same }
    if (same === 0 && changes.every(({ action }) => action === 'create')) {
      return without({ verdict: 'unknown', reason: `nothing runs in ${region}: it is new, or was lost` })
    }
    const what = `${first.kind} ${first.namespace === null ? '' : `${first.namespace}/`}${first.name}`
    const objects = changes.length === 1 ? '1 object differs' : `${changes.length} objects differ`
    const reason = `${objects} in ${region} from what was specified before this change, first ${what}`
    return without({ verdict: 'deny', reason })
  } catch (error) {
    c.signal.throwIfAborted()
    return without({ verdict: 'unknown', reason: `${region} cannot be read: ${toFailure(error).message}` })
  }
}

/** A region that a run is changing now has no state to judge. */
async function lockOf(
  platform: Platform,
  { region, access: flags }: Place,
  c: DiffCollaborators,
): Promise<Judgement | undefined> {
  const access = clusterAccess(platform, [region], { flags, paths: c.paths }).get(region)
  if (!access) return undefined
  const { project, stack } = regionIdentity(platform, region)
  const cluster = await c.connect(access)
  try {
    const lease = await new LeaseStore(cluster, { project, stack }).read()
    if (!lease.holder || lockState(lease, c.clock.now()) !== 'held') return undefined
    const until = new Date(Date.parse(lease.renewedAt) + leaseDurationMs).toISOString()
    return {
      verdict: 'defer',
      reason: `${region} is being changed now by ${holderText(lease.holder)}`,
      until,
    }
  } finally {
    cluster.close()
  }
}
