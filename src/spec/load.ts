import type { Collaborators } from '../collaborators.ts'
import { Failure, type Finding } from '../failure.ts'
import { assemble } from './assemble.ts'
import { digestOf } from './digest.ts'
import { checkDocument, checkSettings, requireEnvironment } from './document.ts'
import { layerOf } from './layers/layer.ts'
import type { Platform } from './platform.ts'
import { readSource, type SourceFile } from './source/file.ts'
import { readSettings } from './source/settings.ts'

export interface LoadInput {
  /** From `--config`; `<project>/iv.yaml` if left out, and the defaults alone where there is none. */
  file?: string
  environment: string
  /** The text itself, in place of the file: as it was at another commit. */
  source?: SourceFile
  /** From `--allow-local-state`: a file backend outside `local` is meant. */
  allowLocalState?: boolean
  /** From `--set path=value`. */
  set?: readonly string[]
  /** From `--kube-version`: over what is said of every region. */
  kubeVersion?: string | undefined
}

/**
 * The platform of one environment.
 * @throws Failure USAGE with one finding per fault (all that can be seen at once), NOT_FOUND for an
 *   environment that the file does not have.
 */
export async function loadPlatform(
  input: LoadInput,
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Platform> {
  const platform = await load(input, c)
  const { kubeVersion, set = [] } = input
  if (kubeVersion === undefined) return platform
  // Only now is it known which regions there are.
  const versions = Object.keys(platform.specification.regions).map(
    (region) => `regions.${region}.kubernetesVersion=${JSON.stringify(kubeVersion)}`,
  )
  return load({ ...input, set: [...set, ...versions] }, c)
}

async function load(
  input: LoadInput,
  { paths, environment: variables }: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Platform> {
  const source = input.source ?? (await readSource(input.file, paths))
  const document = checkDocument(source)
  refuse(document.findings)
  const { settings, findings } = readSettings(variables, input.set)
  refuse([...findings, ...checkSettings(settings)])
  requireEnvironment(input.environment, document.environments)
  const { environment, allowLocalState = false } = input
  const assembled = assemble({ parsed: document.parsed, environment, settings, allowLocalState })
  refuse(assembled.findings)
  if (!assembled.specification) throw new Error('assemble() gave neither a specification nor a finding')
  const { specification, layers } = assembled
  return {
    specification,
    environment,
    digest: digestOf(specification),
    file: source?.file,
    originOf(path) {
      const layer = layerOf(layers, path)
      if (!layer) throw new Failure('NOT_FOUND', `nothing is set at ${path}`)
      return layer.originOf(path)
    },
  }
}

function refuse(findings: readonly Finding[]): void {
  const [first] = findings
  if (!first) return
  const place = first.place === undefined ? '' : `${first.place}: `
  const more = findings.length === 1 ? '' : `, and ${findings.length - 1} more`
  throw new Failure('USAGE', `${place}${first.message}${more}`, {
    findings,
    next: first.hint ?? 'correct it; `iv config explain PATH` says what a value means',
  })
}
