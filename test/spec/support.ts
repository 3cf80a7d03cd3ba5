import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { isFailure, type Failure } from '../../src/failure.ts'
import { makePaths, type Paths } from '../../src/paths.ts'
import { loadPlatform, type LoadInput } from '../../src/spec/load.ts'
import type { Platform } from '../../src/spec/platform.ts'

export interface World {
  paths: Paths
  environment: Readonly<Record<string, string | undefined>>
}

/** A folder of the test's own with an `iv.yaml`; without a text there is neither. */
export async function world(text?: string, environment: World['environment'] = {}): Promise<World> {
  const project = text === undefined ? join(tmpdir(), 'iv-spec-nothing-here') : await folder()
  if (text !== undefined) await writeFile(join(project, 'iv.yaml'), text)
  const packageRoot = join(import.meta.dirname, '..', '..')
  return { paths: makePaths({ packageRoot, project, environment }), environment }
}

export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'iv-spec-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

export async function load(text?: string, input: Partial<LoadInput> = {}): Promise<Platform> {
  return loadPlatform({ environment: 'local', ...input }, await world(text))
}

/** The failure that work ends in. @throws where it does not fail, or not with a failure. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work
  } catch (error) {
    if (isFailure(error)) return error
    throw error
  }
  throw new Error('it did not fail')
}

export async function refused(text: string, input: Partial<LoadInput> = {}): Promise<Failure> {
  return failureOf(load(text, input))
}

/** Everything that an environment other than `local` has to name, and nothing else. */
export const production = `
environments:
  production:
    state: { backend: s3://example-state }
    domain: interview.example.com
    regions:
      us-east: { context: prod-us-east }
      us-west: { context: prod-us-west }
      eu-west: { context: prod-eu-west }
    pools:
      sfu: { image: registry.example.com/sfu:1 }
      asr: { image: registry.example.com/asr:1 }
      tts: { image: registry.example.com/tts:1 }
      llm: { image: registry.example.com/llm:1 }
      evaluation: { image: registry.example.com/evaluation:1 }
      api: { image: registry.example.com/api:1 }
    workloads:
      conductor: { image: registry.example.com/conductor:1 }
      session-router: { image: registry.example.com/session-router:1 }
      recording: { image: registry.example.com/recording:1 }
      fallback-speech: { image: registry.example.com/fallback-speech:1 }
      notification: { image: registry.example.com/notification:1 }
      batch: { image: registry.example.com/batch:1 }
    buckets:
      transcripts: example-transcripts
      recordings: example-recordings
      evaluations: example-evaluations
      configuration: example-configuration
      audit-logs: example-audit-logs
`
