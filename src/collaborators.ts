import type { Clock } from './clock.ts'
import type { Host } from './events/host.ts'
import type { Paths } from './paths.ts'
import type { RunProcess } from './process/run.ts'
import type { Random } from './random.ts'

/**
 * What every use case may need of the outside, as a record: tests replace any of it, production passes the
 * real ones. A use case takes `(input, collaborators)`; the extra ports it needs extend this type.
 */
export interface Collaborators {
  clock: Clock
  random: Random
  host: Host
  run: RunProcess
  paths: Paths
  /** The process environment as it was at start-up; nothing else in `src/` reads it. */
  environment: Readonly<Record<string, string | undefined>>
  /** Identifies this invocation: in the envelope, in the journal, in evidence. A ULID. */
  runId: string
  /** Aborts on the first Ctrl-C, on SIGTERM and at `--timeout`; its reason is a `Failure`. */
  signal: AbortSignal
}
