import { readdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { Failure, type Finding } from '../../failure.ts'
import { suggestion } from '../../nearest.ts'
import type { Paths } from '../../paths.ts'
import { findingsOf } from '../../spec/check/issues.ts'
import type { Specification } from '../../spec/schema/specification.ts'
import { readSource, type SourceFile } from '../../spec/source/file.ts'
import { parseYaml } from '../../spec/source/yaml.ts'
import { scenarioFaults } from './check.ts'
import { type ScenarioFile, scenarioFile } from './schema.ts'
import { type ScenarioSetting, withSettings } from './settings.ts'

export interface Scenario extends ScenarioFile {
  name: string
}

export interface ScenarioInput {
  /** `peak_load_1000`, or the path of a file. */
  name: string
  settings: readonly ScenarioSetting[]
}

/**
 * A scenario by name, from the project's own `scenarios/` first and from those of `iv` next, or by path.
 * @throws {Failure} NOT_FOUND for a name that nothing has, USAGE with the place of everything that is wrong.
 */
export async function loadScenario(
  input: ScenarioInput,
  { paths, specification }: { paths: Paths; specification: Specification },
): Promise<Scenario> {
  const source = await readSource(await scenarioPath(input.name, paths), paths)
  if (!source) throw new Failure('NOT_FOUND', `there is no scenario ${input.name}`)
  return { name: plainName(source.file), ...checked(source, input.settings, specification) }
}

/** Names of the scenarios that come with `iv`. */
export async function scenarioNames({ packageRoot }: Paths): Promise<string[]> {
  const files = await readdir(join(packageRoot, 'templates', 'scenarios'))
  return files.map(plainName).toSorted()
}

async function scenarioPath(name: string, paths: Paths): Promise<string> {
  if (name.includes('/') || /\.ya?ml$/.test(name)) return isAbsolute(name) ? name : join(paths.project, name)
  const file = `${name.replaceAll('-', '_')}.yaml`
  const own = join(paths.project, 'scenarios', file)
  if (existsSync(own)) return own
  const names = await scenarioNames(paths)
  if (names.includes(plainName(file))) return join(paths.packageRoot, 'templates', 'scenarios', file)
  throw new Failure('NOT_FOUND', `there is no scenario ${JSON.stringify(name)}`, {
    next: `${suggestion(name, names)} A file of your own is named by its path`,
  })
}

function plainName(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '')
}

function checked(
  source: SourceFile,
  settings: readonly ScenarioSetting[],
  specification: Specification,
): ScenarioFile {
  const parsed = parseYaml(source.text, source.name)
  refuse(parsed.findings)
  const value = withSettings(parsed.value, settings)
  const places = {
    placeOf: (path: string) => settings.find((one) => one.path === path)?.text ?? parsed.placeOf(path),
    keyPlaceOf: (path: string, key: string) => parsed.keyPlaceOf(path, key),
  }
  const result = scenarioFile.safeParse(value)
  if (!result.success) refuse(findingsOf(result.error.issues, { schema: scenarioFile, value, places }))
  const scenario = scenarioFile.parse(value)
  refuse(
    scenarioFaults(scenario, specification).map((found) => ({
      id: 'IV-SCENARIO-002',
      severity: 'error',
      place: places.placeOf(found.path ?? ''),
      ...found,
    })),
  )
  return scenario
}

function refuse(findings: readonly Finding[]): void {
  const [first] = findings
  if (!first) return
  const more = findings.length === 1 ? '' : `, and ${findings.length - 1} more`
  throw new Failure('USAGE', `${first.place}: ${first.message}${more}`, {
    findings,
    next: first.hint ?? 'see docs/simulate.md for what a scenario may say',
  })
}
