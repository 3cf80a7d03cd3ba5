import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { originText } from '../report/config-origin.ts'
import type { Report } from '../report/report.ts'
import { type LoadInput, loadPlatform } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { alternativesOf } from './alternatives.ts'
import { comparePlans } from './compare.ts'
import { type CapacityData, horizonData } from './data.ts'
import { gatesOf } from './gates.ts'
import { atMonth, atPeak, atRow, type Demand, type Growth, growthOf, inOrder } from './growth.ts'
import { readGrowth } from './growth-file.ts'
import { type CapacityModel, planHorizon } from './horizon.ts'
import { parseMonth } from './month.ts'
import { splitSettings } from './overrides.ts'
import {
  assumptionNames,
  assumptionOf,
  type Overrides,
  parametersOf,
  pathOf,
  specifiedNames,
} from './parameters.ts'
import { readPrices } from './read-prices.ts'
import { sensitivityOf } from './sensitivity.ts'
import { compareSpeech } from './speech.ts'
import type { Survive } from './survive.ts'
import { writeBounds, type Written } from './write-bounds.ts'
import { writeFiles } from './write-files.ts'

export interface CapacityInput extends LoadInput {
  /** A row, a date or a peak; every row where none is named. */
  horizon: string | undefined
  at: string | undefined
  peak: number | undefined
  survive: Survive
  growth: string | undefined
  prices: string | undefined
  boughtSpeech: boolean
  maxMonthly: number | undefined
  maxIncreasePercent: number | undefined
  compare: string | undefined
  /** Files to which the plan is written too: a page with plots, and every figure as CSV. */
  html: string | undefined
  csv: string | undefined
  /** Puts the bounds of the plan into the specification. */
  write: boolean
}

/**
 * Plans pools, nodes, storage and cost for each horizon asked for.
 * @throws {Failure} USAGE for input that cannot be read; a plan that cannot be met is reported with POLICY.
 */
export async function capacityPlan(
  input: CapacityInput,
  c: Pick<Collaborators, 'paths' | 'environment' | 'host'>,
): Promise<Report<CapacityData>> {
  requireOneHorizon(input)
  const { overrides, specification: set } = splitSettings(input.set ?? [])
  const platform = await loadPlatform({ ...input, set }, c)
  const { specification } = platform
  const growth =
    input.growth === undefined ? growthOf(specification) : await readGrowth(input.growth, c.paths)
  const prices = await readPrices(input.prices, c.paths)
  const parameters = parametersOf(platform, overrides)
  const { survive, boughtSpeech } = input
  const model = { specification, growth: inOrder(growth), parameters, prices, survive, boughtSpeech }
  const report = reportOf(input, model, { platform, overrides })
  const files = await writeFiles(input, report.data, { model, platform })
  const written = input.write ? await writeIfMet(input, report, { model, platform, c }) : []
  return { ...report, data: { ...report.data, files, written } }
}

/** @throws {Failure} USAGE where it is not said which of several plans would be written. */
function requireOneHorizon({ write, horizon, at, peak }: CapacityInput): void {
  if (!write || [horizon, at, peak].some((one) => one !== undefined)) return
  throw new Failure('USAGE', '--write needs one plan, and without a horizon there are several', {
    next: 'name one, for example with --horizon y1',
  })
}

/** A plan that cannot be met is reported and never written. */
async function writeIfMet(
  input: CapacityInput,
  report: Report<CapacityData>,
  { model, platform, c }: { model: CapacityModel; platform: Platform; c: Pick<Collaborators, 'host'> },
): Promise<Written[]> {
  const [demand] = demandsOf(input, model.growth)
  if (report.error || !demand) return []
  return writeBounds(planHorizon(model, demand), { model, platform }, c)
}

function reportOf(
  input: CapacityInput,
  model: CapacityModel,
  { platform, overrides }: { platform: Platform; overrides: Overrides },
): Report<CapacityData> {
  const { growth, prices } = model
  const demands = demandsOf(input, growth)
  const [first, last] = [growth[0], demands.at(-1)]
  if (!first || !last) throw new Failure('USAGE', 'the growth table has no rows')
  const plans = demands.map((demand) => planHorizon(model, demand))
  const baseline = planHorizon(model, { ...first, basis: first.id }).cost
  const gates = plans.flatMap((plan) => gatesOf(plan, input, baseline))
  const compared = input.compare === undefined ? null : comparePlans(input.compare, model, last)
  const error = refusal(gates)
  return {
    kind: 'CapacityPlan',
    environment: platform.environment,
    inputs: { configDigest: platform.digest },
    data: {
      regions: Object.keys(model.specification.regions).length,
      horizons: plans.map((plan) => horizonData(plan, model)),
      sensitivity: sensitivityOf(model, last),
      alternatives: alternativesOf(model, last),
      speech: compareSpeech(model, last),
      comparison: compared?.map((plan) => horizonData(plan, model)) ?? null,
      assumptions: assumptionsOf(platform, model, overrides),
      prices: { asOf: prices.asOf, currency: prices.currency },
      gates,
      files: [],
      written: [],
    },
    ...(error ? { outcome: 'POLICY' as const, error } : {}),
  }
}

function refusal(gates: CapacityData['gates']): Failure | undefined {
  const [gate] = gates
  if (!gate) return undefined
  return new Failure('POLICY', `the plan cannot be met (gate ${gate.id})`, {
    next: 'raise the limit, or change an input with --set: the sensitivity ranking says which moves most',
    findings: gates,
  })
}

function demandsOf({ horizon, at, peak }: CapacityInput, growth: Growth): Demand[] {
  if (peak !== undefined) return [atPeak(growth, peak)]
  if (at !== undefined) {
    const month = parseMonth(at)
    if (month !== undefined) return [atMonth(growth, month)]
    throw new Failure('USAGE', `--at ${JSON.stringify(at)} is not a date`, {
      next: 'write 2026-03 or 2026-03-15',
    })
  }
  if (horizon !== undefined) return [atRow(growth, horizon)]
  return growth.map(({ id }) => atRow(growth, id))
}

function assumptionsOf(
  platform: Platform,
  { parameters }: CapacityModel,
  overrides: Overrides,
): CapacityData['assumptions'] {
  const specified = specifiedNames.map((name) => ({
    name: pathOf(name),
    value: parameters[name],
    unit: '',
    source: originText(platform.originOf(pathOf(name))),
  }))
  const assumed = assumptionNames.map((name) => ({
    name: `capacity.${name}`,
    value: parameters[name],
    unit: assumptionOf(name).unit,
    source: overrides[name] === undefined ? `assumption: ${assumptionOf(name).reason}` : '--set',
  }))
  const ramp = {
    name: 'capacity.rampPercentPerMinute',
    value: parameters.rampPercentPerMinute,
    unit: '%/min',
    source: overrides.rampPercentPerMinute === undefined ? 'the steepest ramp of any scenario' : '--set',
  }
  return [...specified, ramp, ...assumed]
}
