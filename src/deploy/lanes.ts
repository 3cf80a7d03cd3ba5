import { type Failure, toFailure } from '../failure.ts'

export type Settled<T> =
  | { region: string; status: 'done'; value: T }
  | { region: string; status: 'failed'; failure: Failure }
  /** Not begun, because an earlier region failed or the run was stopped. */
  | { region: string; status: 'skipped' }

export interface LanesInput {
  /** In the order in which they are begun. */
  regions: readonly string[]
  /** Regions under way at once, at least 1. */
  parallel: number
  /** Begin no further region once one has failed. */
  halt: boolean
  signal: AbortSignal
}

/** The ends of a second pass, where a region that failed in the first one keeps that as its reason. */
export function keepFailures<T>(
  second: readonly Settled<T>[],
  first: readonly Settled<unknown>[],
): Settled<T>[] {
  const failed = new Map(
    first.flatMap((end) => (end.status === 'failed' ? [[end.region, end] as const] : [])),
  )
  return second.map((end) => (end.status === 'skipped' ? (failed.get(end.region) ?? end) : end))
}

/** Works on regions in order, a few at once. Never throws: every region's end is in the answer, in the same order. */
export async function inLanes<T>(
  input: LanesInput,
  work: (region: string) => Promise<T>,
): Promise<Settled<T>[]> {
  const settled = new Map<string, Settled<T>>()
  const waiting = [...input.regions]
  let failed = false
  const lane = async (): Promise<void> => {
    for (let region = waiting.shift(); region !== undefined; region = waiting.shift()) {
      const stopped = input.signal.aborted || (failed && input.halt)
      const end = stopped ? ({ region, status: 'skipped' } as const) : await settle(region, work)
      failed ||= end.status === 'failed'
      settled.set(region, end)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, input.parallel) }, lane))
  return input.regions.map((region) => settled.get(region) ?? { region, status: 'skipped' })
}

async function settle<T>(region: string, work: (region: string) => Promise<T>): Promise<Settled<T>> {
  try {
    return { region, status: 'done', value: await work(region) }
  } catch (error) {
    return { region, status: 'failed', failure: toFailure(error) }
  }
}
