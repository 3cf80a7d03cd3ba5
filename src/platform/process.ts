import type { Specification } from '../spec/schema/specification.ts'
import type { Container } from './pod.ts'
import { mediaArguments, mediaEnvironment, mediaFiles } from './rules/media-process.ts'
import { modelArguments } from './rules/model-process.ts'
import { policyFiles } from './rules/policy-files.ts'
import { routerArguments, routerFiles } from './rules/router-process.ts'
import type { Scratch } from './rules/scratch-space.ts'
import { routerConfiguration } from './systems/affinity/bootstrap.ts'
import { livekitConfig } from './systems/media/livekit-config.ts'
import type { WorkName } from './work.ts'

/** What an instance is started with beyond its image. */
export interface Process {
  args: string[]
  env: Container['env']
  files: Scratch
  /** What it reads only when it starts, whole: another one makes another revision. Empty where there is nothing. */
  configuration: string
}

type Start = (specification: Specification, region: string) => Partial<Process>

/** Engines that are not ours are told everything; our own services read what is mounted, and follow changes of it. */
const engines: Readonly<Partial<Record<WorkName, Start>>> = {
  sfu: (specification, region) => ({
    args: mediaArguments,
    env: mediaEnvironment(specification),
    files: mediaFiles(specification),
    configuration: livekitConfig(specification, region),
  }),
  llm: (specification) => ({ args: modelArguments(specification) }),
  'session-router': (specification, region) => ({
    args: routerArguments(specification.affinity.failover),
    files: routerFiles,
    configuration: routerConfiguration(specification, region),
  }),
}

export function processOf(specification: Specification, name: WorkName, region: string): Process {
  return {
    args: [],
    env: [],
    files: policyFiles(name),
    configuration: '',
    ...engines[name]?.(specification, region),
  }
}
