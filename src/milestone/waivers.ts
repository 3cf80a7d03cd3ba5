import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { writeDurably } from '../durable-file.ts'
import { Failure } from '../failure.ts'
import type { Paths } from '../paths.ts'
import { milestoneChecks } from '../spec/schema/capacity.ts'
import type { MilestoneCheck } from './check.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-12-31')
const text = z.string().trim().min(1)

const waiver = z.strictObject({
  milestone: text,
  check: z.enum(milestoneChecks),
  owner: text,
  reason: text,
  since: day,
  /** The last day on which it holds. */
  until: day,
})

export type Waiver = z.output<typeof waiver>

const waiverFile = z.strictObject({ waivers: z.array(waiver) })

/** Beside `iv.yaml` and checked in like it: who accepted what until when is reviewed, and its history kept, by git. */
export function waiversFile({ project }: Pick<Paths, 'project'>): string {
  return join(project, 'iv-waivers.yaml')
}

/** @throws {Failure} USAGE for a file that cannot be read as waivers: none of it is taken then. */
export async function readWaivers(paths: Pick<Paths, 'project'>): Promise<Waiver[]> {
  const file = waiversFile(paths)
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new Failure('USAGE', `${file} cannot be read: ${error.code ?? error.message}`, { cause: error })
  })
  if (content === undefined) return []
  const parsed = waiverFile.safeParse(treeOf(content, file))
  if (parsed.success) return parsed.data.waivers
  const [issue] = parsed.error.issues
  throw new Failure('USAGE', `${file}: ${issue?.path.join('.')}: ${issue?.message}`, {
    next: 'correct it, or make one with: iv milestone waive',
  })
}

function treeOf(content: string, file: string): unknown {
  try {
    return parse(content)
  } catch (error) {
    throw new Failure('USAGE', `${file} is not YAML`, { cause: error })
  }
}

/** Replaces the file whole; the earliest end first. */
export async function writeWaivers(paths: Pick<Paths, 'project'>, waivers: readonly Waiver[]): Promise<void> {
  const sorted = waivers.toSorted((left, right) => (left.until < right.until ? -1 : 1))
  const content = `# Checks of milestones that somebody accepts as they are: iv milestone waive\n${stringify({ waivers: sorted })}`
  await writeDurably(waiversFile(paths), content, 0o644).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('OPERATION', `cannot write ${waiversFile(paths)}: ${error.code ?? error.message}`, {
      cause: error,
    })
  })
}

/** A check that does not pass and is waived today counts as waived; an ended waiver counts for nothing and is named. */
export function waived(
  check: MilestoneCheck,
  { milestone, waivers, today }: { milestone: string; waivers: readonly Waiver[]; today: string },
): MilestoneCheck {
  const own = waivers.filter((one) => one.milestone === milestone && one.check === check.id)
  if (check.verdict === 'pass' || own.length === 0) return check
  const holding = own.find(({ until }) => until >= today)
  if (!holding) {
    const ended = own
      .map(({ until }) => until)
      .toSorted()
      .at(-1)
    return { ...check, reason: `${check.reason}; its waiver ended on ${ended}` }
  }
  const { owner, reason, until } = holding
  return {
    ...check,
    verdict: 'waived',
    reason: `${check.reason}; waived by ${owner} until ${until}: ${reason}`,
  }
}
