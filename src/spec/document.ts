import { Failure, type Finding } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { escapesFrom } from './check/environment.ts'
import type { Places } from './check/issues.ts'
import { slippedNames } from './check/names.ts'
import { checkShape } from './check/shape.ts'
import { file as fileSchema, overlay } from './schema/file.ts'
import type { SourceFile } from './source/file.ts'
import type { Setting } from './source/settings.ts'
import { parseYaml, type ParsedYaml } from './source/yaml.ts'
import { defaults } from './defaults/defaults.ts'
import { unsource } from './defaults/sourced.ts'
import { isTree, join, merge, valueAt } from './tree.ts'

export interface CheckedDocument {
  parsed: ParsedYaml
  /** Malformed text, unknown keys, values of the wrong kind: everything that can be said without merging. */
  findings: readonly Finding[]
  environments: readonly string[]
}

const nothing: SourceFile = { file: '', name: 'iv.yaml', text: '' }

/** Parses the file and checks its shape, including environments that are not asked for. */
export function checkDocument(source: SourceFile | undefined): CheckedDocument {
  const { text, name } = source ?? nothing
  const parsed = parseYaml(text, name)
  const environments = valueAt(parsed.value, 'environments')
  const names = isTree(environments) ? Object.keys(environments) : []
  if (parsed.findings.length > 0) return { parsed, findings: parsed.findings, environments: names }
  const findings = [
    ...checkShape({ schema: fileSchema, value: parsed.value, places: parsed }),
    ...slipsIn(parsed, names),
    ...escapesFrom(valueAt(parsed.value, 'environments.local'), parsed),
  ]
  return { parsed, findings: inOrder(findings), environments: [...new Set(['local', ...names])] }
}

/** More than anybody corrects in one go; beyond it the wrong file was named. */
const mostFindings = 100

/** As they stand in the text, so that people can work through them from the top. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted((left, right) => compare(position(left), position(right)))
  const rest = sorted.length - mostFindings
  if (rest <= 0) return sorted
  const more: Finding = { id: 'IV-SPEC-006', severity: 'error', message: `${rest} more errors are not shown` }
  return [...sorted.slice(0, mostFindings), more]
}

function position({ place = '' }: Finding): [line: number, column: number] {
  const [, line = '0', column = '0'] = /:(\d+):(\d+)$/.exec(place) ?? []
  return [Number(line), Number(column)]
}

function compare(left: readonly [number, number], right: readonly [number, number]): number {
  return left[0] - right[0] || left[1] - right[1]
}

function slipsIn(parsed: ParsedYaml, environments: readonly string[]): Finding[] {
  const known = unsource(defaults).value
  const overlays = environments.flatMap((name) => {
    const root = `environments.${name}`
    const places: Places = {
      placeOf: (path) => parsed.placeOf(join(root, path)),
      keyPlaceOf: (path, key) => parsed.keyPlaceOf(join(root, path), key),
    }
    return slippedNames(valueAt(parsed.value, root), merge(known, parsed.value), places)
  })
  return [...slippedNames(parsed.value, known, parsed), ...overlays]
}

export function checkSettings(settings: readonly Setting[]): Finding[] {
  return settings.flatMap(({ name, value }) =>
    checkShape({ schema: overlay, value, places: { placeOf: () => name, keyPlaceOf: () => name } }),
  )
}

/** @throws Failure NOT_FOUND for a name that the file does not have, with the nearest one. */
export function requireEnvironment(name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  throw new Failure('NOT_FOUND', `environment ${JSON.stringify(name)} is not in the specification`, {
    next: suggestion(name, known),
  })
}
