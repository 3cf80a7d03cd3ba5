import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { writeReportFile } from '../report-file.ts'
import type { Report } from '../report/report.ts'
import type { LoadInput } from '../spec/load.ts'
import { compareRuns, platformNamed } from './compare.ts'
import type { RunData, SeedRow, SimulationData } from './data.ts'
import { worst } from './criteria/judge.ts'
import { failuresOf } from './failures.ts'
import { assumptions, type Numbers, numberNames } from './model/assumptions.ts'
import { outcomeOf } from './outcome.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { Scenario } from './scenario/load.ts'

export interface SimulateInput extends LoadInput {
  scenario: string
  /** One seed, or the seeds 1 … N. */
  seed: number
  seeds: number | undefined
  /** Two presets or files, as `literal,seed`. */
  compare: string | undefined
  /** File for a page with plots. */
  html: string | undefined
}

/**
 * Runs a scenario in virtual time.
 * @throws {Failure} USAGE or NOT_FOUND for what cannot be read; a missed criterion is reported with MISSED, one that
 *   nothing was measured for with UNKNOWN.
 */
export async function simulate(
  input: SimulateInput,
  c: Pick<Collaborators, 'paths' | 'environment' | 'signal'>,
): Promise<Report<SimulationData>> {
  const pair = input.compare === undefined ? undefined : pairOf(input.compare)
  const prepared = await prepare(pair ? { ...input, ...platformNamed(pair[0], c.paths) } : input, c)
  const seeds = seedsOf(input)
  const runs = runAll(prepared, seeds, c.signal)
  const other = pair ? await prepare({ ...input, ...platformNamed(pair[1], c.paths) }, c) : undefined
  const comparison =
    pair && other
      ? compareRuns(
          { name: pair[0], prepared, runs },
          { name: pair[1], prepared: other, runs: runAll(other, seeds, c.signal) },
        )
      : null
  const report = reportOf(prepared, runs, { platform: pair?.[0] ?? 'specification', comparison })
  if (input.html !== undefined) {
    const { simulatePage } = await import('../report/simulate-page.ts')
    await writeReportFile(input.html, simulatePage(report.data))
  }
  return report
}

function seedsOf({ seed, seeds }: SimulateInput): number[] {
  return seeds === undefined ? [seed] : Array.from({ length: seeds }, (_, index) => index + 1)
}

function runAll({ input }: Prepared, seeds: readonly number[], signal: AbortSignal): RunData[] {
  return seeds.map((seed) => {
    signal.throwIfAborted()
    return outcomeOf({ ...input, seed })
  })
}

function pairOf(text: string): [string, string] {
  const [left, right, ...more] = text.split(',').map((part) => part.trim())
  if (left && right && more.length === 0) return [left, right]
  throw new Failure('USAGE', `--compare ${text} does not name two specifications`, {
    next: 'write for example --compare literal,seed or --compare iv.yaml,other/iv.yaml',
  })
}

function reportOf(
  { platform, scenario, input }: Prepared,
  runs: readonly RunData[],
  { platform: name, comparison }: Pick<SimulationData, 'platform' | 'comparison'>,
): Report<SimulationData> {
  const verdict = worst(runs.map((one) => one.verdict))
  const run = runs.find((one) => one.verdict === verdict)
  if (!run) throw new Failure('USAGE', 'no seed was given', { next: 'write for example --seeds 30' })
  const seeds = runs.map((one) => ({
    seed: one.seed,
    verdict: one.verdict,
    failed: failuresOf(one),
    digest: one.digest,
  }))
  const error = refusal(scenario, verdict, seeds)
  return {
    kind: 'SimulationResult',
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
    data: {
      scenario: scenario.name,
      title: scenario.title,
      source: scenario.source,
      platform: name,
      verdict,
      run,
      seeds,
      assumptions: assumptionsOf(input.numbers),
      comparison,
    },
    ...(error ? { outcome: error.code, error } : {}),
  }
}

function refusal(
  { name }: Scenario,
  verdict: SimulationData['verdict'],
  seeds: readonly SeedRow[],
): Failure | undefined {
  if (verdict === 'pass') return undefined
  const bad = seeds.filter((row) => row.verdict === verdict)
  const [first] = bad
  const what = first?.failed.join(', ') ?? ''
  const of = seeds.length === 1 ? '' : ` with ${bad.length} of ${seeds.length} seeds`
  return verdict === 'fail'
    ? new Failure('MISSED', `${name} missed what it promises${of}: ${what}`, {
        next: `iv simulate sweep ${name} looks for the smallest case that fails`,
      })
    : new Failure('UNKNOWN', `${name} measured too little to say${of}: ${what}`, {
        next: 'give the scenario more interviews or more time',
      })
}

function assumptionsOf(numbers: Numbers): SimulationData['assumptions'] {
  return numberNames.map((name) => {
    const { value, unit, reason } = assumptions[name]
    const set = numbers[name] !== value
    return {
      name: `simulate.${name}`,
      value: numbers[name],
      unit,
      source: set ? '--set' : `assumption: ${reason}`,
    }
  })
}
