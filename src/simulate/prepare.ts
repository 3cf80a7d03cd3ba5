import { splitSettings as splitCapacity } from '../capacity/overrides.ts'
import { parametersOf } from '../capacity/parameters.ts'
import type { Collaborators } from '../collaborators.ts'
import { type LoadInput, loadPlatform } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { numbersOf } from './model/assumptions.ts'
import type { RunInput } from './model/setup.ts'
import { loadScenario, type Scenario } from './scenario/load.ts'
import { splitSettings } from './scenario/settings.ts'

/** A scenario with everything that one run of it needs but the seed. */
export interface Prepared {
  platform: Platform
  scenario: Scenario
  input: Omit<RunInput, 'seed'>
}

/** Reads platform, scenario and settings. Nothing is run. */
export async function prepare(
  input: LoadInput & { scenario: string },
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Prepared> {
  const { scenario: settings, model, rest } = splitSettings(input.set ?? [])
  const { overrides, specification: set } = splitCapacity(rest)
  const platform = await loadPlatform({ ...input, set }, c)
  const { specification } = platform
  const scenario = await loadScenario({ name: input.scenario, settings }, { paths: c.paths, specification })
  const capacity = parametersOf(platform, overrides)
  return { platform, scenario, input: { specification, scenario, capacity, numbers: numbersOf(model) } }
}
