import { parametersOf } from '../../src/capacity/parameters.ts'
import { numbersOf } from '../../src/simulate/model/assumptions.ts'
import { outcomeOf } from '../../src/simulate/outcome.ts'
import { loadScenario } from '../../src/simulate/scenario/load.ts'
import { splitSettings } from '../../src/simulate/scenario/settings.ts'
import { presetFile, type PresetName } from '../../src/spec/init.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { repository } from '../support/iv.ts'
import { testCollaborators } from '../support/collaborators.ts'

export interface Wanted {
  set?: readonly string[]
  preset?: PresetName
  seed?: number
}

/** Everything that one run of a scenario needs. */
export async function inputOf(scenario: string, { set = [], preset, seed = 1 }: Wanted = {}) {
  const { paths } = testCollaborators(repository)
  const settings = splitSettings(set)
  const file = preset === undefined ? {} : { file: presetFile(repository, preset) }
  const platform = await loadPlatform(
    { environment: 'local', set: settings.rest, ...file },
    { paths, environment: {} },
  )
  const { specification } = platform
  const loaded = await loadScenario({ name: scenario, settings: settings.scenario }, { paths, specification })
  return {
    specification,
    scenario: loaded,
    capacity: parametersOf(platform),
    numbers: numbersOf(settings.model),
    seed,
  }
}

export async function outcome(scenario: string, wanted: Wanted = {}) {
  return outcomeOf(await inputOf(scenario, wanted))
}
