import { confirm } from '../events/confirm.ts'
import type { DriftItem } from '../report/drift.ts'
import { Failure } from '../failure.ts'
import { openRun } from '../runs/journal.ts'
import { act } from './act.ts'
import type { DeployCollaborators } from './ports.ts'
import { previewSite } from './preview.ts'
import { repairState } from './repair.ts'
import { showChanges } from './show-changes.ts'
import type { Site } from './site.ts'

export interface Drifted {
  site: Site
  items: readonly DriftItem[]
  /** Of each resource that differs, by `kind name`. */
  urns: ReadonlyMap<string, string>
}

/**
 * Gives the unexplained differences of regions their specified values again, and nothing else: previewed, asked, and
 * taken from whoever set them. What is held or belongs to an autoscaler stays.
 */
export async function remediate(
  drifted: readonly Drifted[],
  { environment, configDigest }: { environment: string; configDigest: string },
  c: DeployCollaborators,
): Promise<string | undefined> {
  const planned = []
  for (const { site, items, urns } of drifted) {
    await refuseUndeployed(site, items)
    const targets = targetsOf(items, urns)
    if (targets.length === 0) continue
    await repairState(site, c)
    const seen = await previewSite(site, c, { bind: true, targets })
    showChanges(site.region, seen, c)
    planned.push({ site, seen })
  }
  if (planned.length === 0) return undefined
  const regions = planned.map(({ site }) => site.region)
  const text = `Give these fields of ${regions.join(', ')} their specified values again?`
  await confirm({ id: 'drift.remediate', text, danger: 'change' }, c)
  const run = await openRun({ command: 'drift remediate', environment, regions, inputs: { configDigest } }, c)
  try {
    for (const { site, seen } of planned)
      await act({ site, seen, takeOwnership: true, done: 'remediated' }, run, c)
    await run.end('OK')
  } catch (error) {
    await run.end('OPERATION')
    throw error
  }
  return run.id
}

/** A resource with a field that is held is left whole: the engine changes resources, not fields. */
function targetsOf(items: readonly DriftItem[], urns: ReadonlyMap<string, string>): string[] {
  const kept = new Set(items.flatMap((item) => (item.class === 'override' ? [keyOf(item)] : [])))
  const wanted = items.filter((item) => item.class === 'unexplained' && !kept.has(keyOf(item)))
  return [...new Set(wanted.flatMap((item) => urns.get(keyOf(item)) ?? []))]
}

/** What the stack never had is a change of the specification, and other objects may rest on it. */
async function refuseUndeployed(site: Site, items: readonly DriftItem[]): Promise<void> {
  const known = await site.engine.recorded(site.target)
  const missing = items.find((item) => item.path === '' && item.have === null && !known?.has(labelIn(item)))
  if (!known || !missing) return
  const message = `the specification of ${site.region} has objects that were never deployed, such as ${labelIn(missing)}`
  throw new Failure('REFUSED', message, {
    region: site.region,
    next: 'deploy the change first, then remediate',
  })
}

/** As the state names it. */
function labelIn({ kind, name }: DriftItem): string {
  return `${kind.split(':').at(-1) ?? ''} ${name}`
}

export function keyOf({ kind, name }: { kind: string; name: string }): string {
  return `${kind} ${name}`
}
