import { type Outcome, strongest } from '../exit-codes.ts'
import { Failure, toFailure } from '../failure.ts'

export interface RegionEnd {
  region: string
  status: 'done' | 'failed' | 'skipped'
  failure?: Failure
}

export interface Verdict {
  outcome: Outcome
  error?: Failure
}

export interface VerdictInput {
  /** What was done to the regions that are done: `deployed`. */
  verb: string
  /** Of the run: when it was stopped between two regions, no region has failed, and yet not all is done. */
  signal: AbortSignal
}

/**
 * One outcome for several regions. All done: `OK`. None done: the strongest of the failures. Some done: `PARTIAL`,
 * unless a signal says more.
 */
export function verdictOf(ends: readonly RegionEnd[], { verb, signal }: VerdictInput): Verdict {
  const failures = ends.flatMap((end) => (end.failure ? [end.failure] : []))
  const isCut = failures.length === 0 && signal.aborted && ends.some((end) => end.status === 'skipped')
  if (isCut) failures.push(toFailure(signal.reason))
  const [first] = failures
  if (first === undefined) return { outcome: 'OK' }
  const done = ends.filter((end) => end.status === 'done').map((end) => end.region)
  const codes = failures.map((failure) => failure.code)
  const outcome = strongest(done.length > 0 ? [...codes, 'PARTIAL'] : codes)
  if (ends.length === 1 || outcome === 'OK') return { outcome, error: first }
  const leading = failures.find((failure) => failure.code === outcome) ?? first
  return { outcome, error: gathered({ ends, verb, outcome, leading }) }
}

interface Gathered {
  ends: readonly RegionEnd[]
  verb: string
  outcome: Exclude<Outcome, 'OK'>
  leading: Failure
}

function gathered({ ends, verb, outcome, leading }: Gathered): Failure {
  const named = (status: RegionEnd['status']): string =>
    ends
      .filter((end) => end.status === status)
      .map((end) => end.region)
      .join(', ')
  const parts = [
    ...ends.flatMap(({ region, failure }) => (failure ? [`${region}: ${failure.message}`] : [])),
    ...(named('done') === '' ? [] : [`${verb}: ${named('done')}`]),
    ...(named('skipped') === '' ? [] : [`not begun: ${named('skipped')}`]),
  ]
  const failedRegion = ends.find((end) => end.status === 'failed')?.region
  return new Failure(outcome, parts.join('; '), {
    ...(failedRegion === undefined ? {} : { region: failedRegion }),
    ...(leading.next === undefined ? {} : { next: leading.next }),
    retryable: leading.retryable,
    findings: ends.flatMap(({ failure }) => failure?.findings ?? []),
    cause: leading,
  })
}
