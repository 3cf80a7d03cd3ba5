import { accessTo, openScope, type ScopeInput } from '../deploy/scope.ts'
import { openSite, type Site } from '../deploy/site.ts'
import type { DeployCollaborators } from '../deploy/ports.ts'
import { confirm } from '../events/confirm.ts'
import { Failure } from '../failure.ts'
import type { LockRow, LocksData } from '../report/locks.ts'
import type { Report } from '../report/report.ts'
import { openRun, type Run } from '../runs/journal.ts'
import { acquireLock } from './acquire.ts'
import { holderText, isProvablyDead, isSameMachine } from './holder.ts'
import { leaseDurationMs, type LeaseState, LeaseStore } from './lease.ts'
import { rowOf } from './status.ts'
import { lockState } from './verdict.ts'

export interface BreakInput extends ScopeInput {
  /** Kept on the Lease and in the journal. */
  reason: string
}

/**
 * Ends a lock whose holder cannot be asked to: takes it, waits until the former holder can send nothing any more,
 * removes what the engine left, and gives it back free.
 * @throws Failure `REFUSED` where the holder lives on this machine, `CANCELLED` on a decline.
 */
export async function breakLock(input: BreakInput, c: DeployCollaborators): Promise<Report<LocksData>> {
  const scope = await openScope(input, c)
  const { environment } = input
  const inputs = { reason: input.reason }
  let run: Run | undefined
  const locks: LockRow[] = []
  for (const region of scope.regions) {
    const access = accessTo(scope, region)
    const site = await openSite({ platform: scope.platform, region, access, provider: scope.provider }, c)
    try {
      const seen = await new LeaseStore(site.cluster, site.target).read()
      await assertBreakable(region, seen, c)
      run ??= await openRun({ command: 'lock break', environment, regions: scope.regions, inputs }, c)
      await run.step('break', { seen }, region)
      locks.push(await breakOne({ site, seen, run, reason: input.reason }, c))
    } finally {
      site.cluster.close()
    }
  }
  await run?.end('OK')
  const runId = run === undefined ? {} : { runId: run.id }
  return { kind: 'LockBreak', data: { locks }, environment, regions: scope.regions, ...runId }
}

async function assertBreakable(region: string, seen: LeaseState, c: DeployCollaborators): Promise<void> {
  const { holder } = seen
  if (!holder) return
  if (isSameMachine(holder) && !isProvablyDead(holder) && lockState(seen, c.clock.now()) === 'held') {
    throw new Failure('REFUSED', `the holder of region ${region} lives here: ${holderText(holder)}`, {
      region,
      next: `let it end in order with iv cancel ${holder.runId}`,
    })
  }
  const text = `Break the lock of ${region}, held by ${holderText(holder)} since ${seen.acquiredAt}?`
  await confirm({ id: `lock.break.${region}`, text, danger: 'change' }, c)
}

interface OneInput {
  site: Site
  seen: LeaseState
  run: Run
  reason: string
}

async function breakOne({ site, seen, run, reason }: OneInput, c: DeployCollaborators): Promise<LockRow> {
  const { region, cluster, target, engine, isNew } = site
  const input = { region, cluster, project: target.project, stack: target.stack, runId: run.id }
  const mayStillWrite = ['held', 'expired'].includes(lockState(seen, c.clock.now()))
  const lock = await acquireLock({ ...input, command: 'lock break', breaking: { reason } }, c)
  try {
    if (mayStillWrite) {
      c.host.notify('lock.outwaiting', { forMs: leaseDurationMs }, region)
      await c.clock.sleep(leaseDurationMs, c.signal)
    }
    if (!isNew) await engine.unlock({ ...target, hold: lock })
  } finally {
    await lock.release()
  }
  return rowOf(region, c, await new LeaseStore(cluster, target).read())
}
