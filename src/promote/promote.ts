import { join } from 'node:path'
import { readPrices } from '../capacity/read-prices.ts'
import type { AccessFlags } from '../deploy/access.ts'
import type { DiffCollaborators } from '../diff/against-live.ts'
import { confirm } from '../events/confirm.ts'
import { Failure } from '../failure.ts'
import { gate } from '../gate/gate.ts'
import { refusalOf } from '../gate/refusal.ts'
import type { GateRow } from '../gate/result.ts'
import { Repository } from '../git/repository.ts'
import { treeFolder } from '../render/folder.ts'
import { manifestName } from '../render/manifest.ts'
import { render } from '../render/render.ts'
import type { Report } from '../report/report.ts'
import { openRun } from '../runs/journal.ts'
import type { Duration } from '../units/duration.ts'
import { fromGates } from './from-gates.ts'
import { type Place, placeOf } from './place.ts'
import { commitTree } from './commit-tree.ts'
import type { PromoteData } from './result.ts'

export interface PromoteInput {
  file: string | undefined
  environment: string
  /** A region, `environment/region`, or an environment. */
  from: string
  to: string
  /** The specification's (`gitops.bake`) if left out. */
  bake: Duration | undefined
  /** Wait until it has baked, instead of saying when that will be. */
  wait: boolean
  access: AccessFlags
}

/** What a promotion stands on. */
interface Ground {
  input: PromoteInput
  from: Place
  to: Place
  repository: Repository
  branch: string
}

/**
 * Commits the tree of the next place, once the one before has it, has run with it for long enough, and every gate
 * lets it go on. Exactly that tree is in the commit, and nothing stays behind where it cannot be made.
 * @throws Failure `REFUSED` before anything is touched: another owner, a detached head, changes that are not
 *   committed. `CANCELLED` on a decline.
 */
export async function promote(input: PromoteInput, c: DiffCollaborators): Promise<Report<PromoteData>> {
  const from = await placeOf(input.from, input, c)
  const to = await placeOf(input.to, input, c)
  refuse(from, to)
  const repository = await Repository.around(c.paths.project, c)
  const branch = await cleanBranch(repository, [from, to], c)
  const ground = { input, from, to, repository, branch }
  const rows = await ask(ground, c)
  const { data: preview } = await render({ ...renderInput(ground), check: true }, c)
  const files = preview.changed.length
  const data = {
    environment: to.platform.environment,
    from: from.name,
    to: to.name,
    gates: rows,
    files,
    branch,
  }
  const refusal = refusalOf(rows)
  if (refusal) return reportOf(ground, { ...data, commit: null }, refusal)
  if (files === 0) return reportOf(ground, { ...data, commit: null })
  await confirm(
    { id: 'promote', text: `Commit ${files} files of ${to.name} to ${branch}?`, danger: 'change' },
    c,
  )
  return reportOf(ground, { ...data, commit: await write(ground, c) })
}

function refuse(from: Place, to: Place): void {
  if (from.name === to.name) {
    throw new Failure('USAGE', `${to.name} cannot be promoted to itself`, { next: 'name two places' })
  }
  const other = [from, to].find(({ platform }) => platform.specification.delivery !== 'gitops')
  if (!other) return
  throw new Failure(
    'REFUSED',
    `environment ${other.platform.environment} is delivered by iv itself (delivery: pulumi)`,
    {
      next: 'iv deploy brings its regions to the specification, one after the other',
    },
  )
}

/** What is promoted is what a commit holds, and the new commit has to belong somewhere. */
async function cleanBranch(
  repository: Repository,
  places: readonly Place[],
  c: DiffCollaborators,
): Promise<string> {
  const branch = await repository.branch()
  if (branch === undefined) {
    throw new Failure('REFUSED', 'HEAD is detached: the commit would belong to no branch', {
      next: 'check a branch out: git switch main',
    })
  }
  const file = places[0]?.platform.file
  const trees = places.map(({ platform }) => treeFolder(platform, c.paths))
  const watched = [...(file === undefined ? [] : [file]), ...trees].map((path) => repository.inside(path))
  const [first, ...more] = await repository.uncommitted(...watched)
  if (first === undefined) return branch
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  throw new Failure(
    'REFUSED',
    `${first}${others} is not committed: what is promoted would not be what was reviewed`,
    {
      next: 'commit or stash it first',
    },
  )
}

async function ask(ground: Ground, c: DiffCollaborators): Promise<GateRow[]> {
  const { input, from, to, repository } = ground
  const { file, environment, access } = input
  const gateInput = { ...(file === undefined ? {} : { file }), environment, access, ...noExtras }
  const prices = await readPrices(undefined, c.paths)
  const candidate = { prices, input: { ...gateInput, regions: from.regions, reference: 'HEAD' } }
  const bake = input.bake ?? to.platform.specification.gitops.bake
  const before = await fromGates({ file, from, bake, repository, candidate }, c)
  await waitFor(before, input, c)
  const root = repository.inside(treeFolder(to.platform, c.paths))
  const paths = to.regions.map((region) => join(root, region))
  // The last commit that changed its tree has the specification that runs there now.
  const past = (await repository.must('log', '-1', '--format=%H', 'HEAD', '--', ...paths)).trim()
  const { data } = await gate(
    { ...gateInput, environment: to.platform.environment, regions: to.regions, reference: past || 'HEAD' },
    c,
  )
  return [...before.map((row) => (row.verdict === 'defer' && input.wait ? waited(row) : row)), ...data.gates]
}

/** Not the tree of the place itself, which is what is about to be written, nor drift there: it has not got it yet. */
const noExtras = {
  only: ['validate', 'lint', 'policy', 'capacity', 'cost', 'evidence'],
  folder: undefined,
  maxMonthlyUsd: undefined,
  maxIncreasePercent: undefined,
  accept: [],
  reason: undefined,
}

async function waitFor(
  rows: readonly GateRow[],
  { wait }: PromoteInput,
  c: DiffCollaborators,
): Promise<void> {
  const until = rows.flatMap((row) =>
    row.verdict === 'defer' && row.until !== null ? [Date.parse(row.until)] : [],
  )
  const isDenied = rows.some(({ verdict }) => verdict === 'deny')
  if (!wait || until.length === 0 || isDenied) return
  await c.clock.sleep(Math.max(0, Math.max(...until) - c.clock.now().getTime()), c.signal)
}

function waited(row: GateRow): GateRow {
  return { ...row, verdict: 'allow', reason: `${row.reason}; waited for`, until: null }
}

function renderInput({ input, to }: Ground): Parameters<typeof render>[0] {
  const { environment } = to.platform
  return {
    file: input.file,
    environment,
    regions: to.regions,
    folder: undefined,
    flavor: undefined,
    check: false,
  }
}

async function write(ground: Ground, c: DiffCollaborators): Promise<string> {
  const { from, to, repository, branch } = ground
  const { environment, digest } = to.platform
  const inputs = { configDigest: digest, from: from.name, to: to.name, branch }
  const run = await openRun({ command: 'promote', environment, regions: to.regions, inputs }, c)
  const root = repository.inside(treeFolder(to.platform, c.paths))
  const paths = [`${root}/${manifestName}`, ...to.regions.map((region) => `${root}/${region}`)]
  const message = `Promote ${to.name} to ${digest.slice(0, 'sha256:'.length + 12)}, from ${from.name}`
  await run.step('render', { files: paths })
  try {
    const commit = await commitTree({ repository, root, paths, message }, () =>
      render(renderInput(ground), c),
    )
    await run.step('commit', { commit })
    await run.end('OK')
    return commit
  } catch (error) {
    await run.end('OPERATION')
    throw error
  }
}

function reportOf({ to }: Ground, data: PromoteData, error?: Failure): Report<PromoteData> {
  const { environment, digest } = to.platform
  return {
    kind: 'PromoteResult',
    data,
    ...(error ? { outcome: error.code, error } : {}),
    environment,
    regions: to.regions,
    inputs: { configDigest: digest },
  }
}
