import type { AccessFlags } from '../deploy/access.ts'
import { backendOf } from '../deploy/backend.ts'
import { openScope } from '../deploy/scope.ts'
import { verdictOf } from '../deploy/verdict.ts'
import { fileBackendFolder } from '../engine/places.ts'
import { Failure } from '../failure.ts'
import { planRegion } from '../platform/plan.ts'
import type { Report } from '../report/report.ts'
import { statusWriter, type StatusData, type StatusRegion } from '../report/status.ts'
import { plainStyle } from '../report/style.ts'
import { readSandbox } from '../sandbox/read.ts'
import { observeRegion, type StatusCollaborators } from './observe-region.ts'

export interface StatusInput extends AccessFlags {
  file?: string | undefined
  environment: string
  /** Empty means all. */
  regions: readonly string[]
  /** Look again and again, and report every difference, until the run is stopped. */
  watch: boolean
}

/** Between two looks of `--watch`. */
const lookAgainMs = 2000

/**
 * Regions by pool, with nodes and last run. Reads only.
 * Outcome `PARTIAL` when some regions cannot be reached, the strongest failure when none can.
 */
export async function status(input: StatusInput, c: StatusCollaborators): Promise<Report<StatusData>> {
  const { environment } = input
  const asks = input.regions.length === 0 ? ['all'] : input.regions
  // Reading changes nothing: a local state is no reason to refuse.
  const scope = await openScope({ ...input, regions: asks, provider: 'auto', allowLocalState: true }, c)
  const { platform, regions, access } = scope
  const stateFolder = fileBackendFolder(backendOf(platform, c.paths).url)
  const asked = [...access].map(([region, how]) => ({
    plan: planRegion(platform, region),
    access: how,
    stateFolder,
  }))
  const look = async (): Promise<StatusData> => ({
    regions: await Promise.all(asked.map((one) => observeRegion(one, c))),
    timeScale: environment === 'local' ? ((await readSandbox(c.paths))?.timeScale ?? null) : null,
  })
  const data = input.watch ? await follow(look, c) : await look()
  const verdict = verdictOf(data.regions.map(endOf), { verb: 'reached', signal: c.signal })
  return {
    kind: 'StatusResult',
    data,
    outcome: verdict.outcome,
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    environment,
    regions,
    inputs: { configDigest: platform.digest },
  }
}

/** Ends with what was seen last when the run is stopped: for a watch, Ctrl-C is the ordinary end. */
async function follow(look: () => Promise<StatusData>, c: StatusCollaborators): Promise<StatusData> {
  let before = ''
  for (;;) {
    const data = await look()
    const text = statusWriter.text(data, plainStyle)
    if (text !== before) c.host.notify('status.observed', { data, text })
    before = text
    await c.clock.sleep(lookAgainMs, c.signal).catch(() => undefined)
    if (c.signal.aborted) return data
  }
}

function endOf({ region, reachable, error }: StatusRegion): {
  region: string
  status: 'done' | 'failed'
  failure?: Failure
} {
  if (reachable || !error) return { region, status: 'done' }
  const code = error.code === 'AUTH' || error.code === 'USAGE' ? error.code : 'OPERATION'
  return {
    region,
    status: 'failed',
    failure: new Failure(code, error.message, {
      region,
      retryable: error.retryable,
      ...(error.next === null ? {} : { next: error.next }),
    }),
  }
}
