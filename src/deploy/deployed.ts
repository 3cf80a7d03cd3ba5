import type { Collaborators } from '../collaborators.ts'
import { type JournalLine, listRuns, readAttachment, readJournal, type Run } from '../runs/journal.ts'
import { digestOf } from '../spec/digest.ts'
import type { Platform } from '../spec/platform.ts'
import { specification } from '../spec/schema/specification.ts'

/** Keeps what a run deploys, so that a later one can go back to it. Without the backend, whose URL may hold a password. */
export function keepSpecification(run: Run, { specification: effective }: Platform): Promise<void> {
  // In its own order: which region comes first says who fails over to whom.
  const { state: _, ...kept } = JSON.parse(JSON.stringify(effective)) as Record<string, unknown>
  return run.attach('specification.json', kept)
}

/** The specification that a region last came to stand on, in the current backend; undefined where none was kept. */
export async function lastDeployed(
  region: string,
  current: Platform,
  { paths }: Pick<Collaborators, 'paths'>,
): Promise<{ run: string; platform: Platform } | undefined> {
  for (const { id, command, environment, regions } of await listRuns(paths)) {
    if (command !== 'deploy' || environment !== current.environment || !regions.includes(region)) continue
    if (!standing(await readJournal(paths, id)).includes(region)) continue
    const kept = await readAttachment(paths, id, 'specification.json')
    const parsed = specification.safeParse({ ...(kept as object), state: current.specification.state })
    if (!parsed.success) return undefined
    const effective = parsed.data
    return { run: id, platform: { ...current, specification: effective, digest: digestOf(effective) } }
  }
  return undefined
}

/** The regions where every pool came to be Ready in a run that neither went back from there nor found them unwell. */
export function standing(lines: readonly JournalLine[]): string[] {
  const undone = new Set(
    lines.flatMap(({ step, region }) => (step === 'rollback' || step === 'unwell' ? [region] : [])),
  )
  return lines.flatMap(({ step, region }) =>
    step === 'ready' && region !== null && !undone.has(region) ? [region] : [],
  )
}
