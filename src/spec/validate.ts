import type { Collaborators } from '../collaborators.ts'
import { Failure, type Finding } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { assemble } from './assemble.ts'
import { checkDocument, checkSettings, requireEnvironment } from './document.ts'
import { readSource } from './source/file.ts'
import { readSettings } from './source/settings.ts'

export interface ConfigValidation {
  valid: boolean
  errors: readonly Finding[]
  /** As people see it; null where there is no file and the defaults stand alone. */
  file: string | null
  /** The environments that were checked. */
  environments: readonly string[]
}

export interface ValidateInput {
  file?: string
  /** Only this one; every one that the file has without it. */
  environment?: string
  allowLocalState?: boolean
  set?: readonly string[]
}

/**
 * Everything that is wrong, at once: in the text, in the shape, and in what each environment comes to.
 * @throws Failure USAGE for a file that cannot be read, NOT_FOUND for an environment that it does not have.
 */
export async function validateConfig(
  input: ValidateInput,
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Report<ConfigValidation>> {
  const source = await readSource(input.file, c.paths)
  const { parsed, findings, environments } = checkDocument(source)
  const { settings, findings: unreadable } = readSettings(c.environment, input.set)
  const shape = [...findings, ...unreadable, ...checkSettings(settings)]
  const readable = parsed.findings.length === 0
  if (input.environment !== undefined && readable) requireEnvironment(input.environment, environments)
  const checked = input.environment === undefined ? environments : [input.environment]
  const { allowLocalState = false } = input
  const errors =
    shape.length > 0
      ? shape
      : checked.flatMap((environment) => [
          ...assemble({ parsed, environment, settings, allowLocalState }).findings,
        ])
  return report({ errors: distinct(errors), file: source?.name ?? null, environments: checked })
}

/** What is wrong in the file itself is wrong in every environment, and is said once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [`${finding.id} ${finding.path} ${finding.place}`, finding]))
  return [...seen.values()]
}

function report(result: Omit<ConfigValidation, 'valid'>): Report<ConfigValidation> {
  const data: ConfigValidation = { valid: result.errors.length === 0, ...result }
  if (data.valid) return { kind: 'ConfigValidation', data }
  const number = data.errors.length === 1 ? '1 error' : `${data.errors.length} errors`
  const error = new Failure('USAGE', `${data.file ?? 'the specification'} is not valid: ${number}`, {
    next: '`iv config explain PATH` says what a value means and what it takes',
  })
  return { kind: 'ConfigValidation', data, outcome: 'USAGE', error }
}
