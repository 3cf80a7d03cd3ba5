import type { Finding } from '../failure.ts'
import { checkShape } from './check/shape.ts'
import { file as fileSchema, overlay } from './schema/file.ts'
import type { SourceFile } from './source/file.ts'
import type { Setting } from './source/settings.ts'
import { parseYaml, type ParsedYaml } from './source/yaml.ts'
import { isTree, valueAt } from './tree.ts'

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
  const findings = checkShape({ schema: fileSchema, value: parsed.value, places: parsed })
  return { parsed, findings, environments: [...new Set(['local', ...names])] }
}

export function checkSettings(settings: readonly Setting[]): Finding[] {
  return settings.flatMap(({ name, value }) =>
    checkShape({ schema: overlay, value, places: { placeOf: () => name, keyPlaceOf: () => name } }),
  )
}
