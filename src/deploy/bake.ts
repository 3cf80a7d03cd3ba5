import { span } from '../events/span.ts'
import { Failure, toFailure } from '../failure.ts'
import type { GateData } from '../report/deploy.ts'
import { observeRegion } from '../status/observe-region.ts'
import type { Duration } from '../units/duration.ts'
import type { DeployCollaborators } from './ports.ts'
import type { Site } from './site.ts'

/** Between two looks. */
const lookEveryMs = 2000
/** One bad look can be a rolling instance; this many in a row are a region that is not well. */
const badLooks = 3

/**
 * Watches a region that was just changed. It is well while it can be reached and every pool has its minimum Ready, or
 * what was asked of it where that is less.
 * @throws Failure `POLICY` once it was not well three looks in a row: then no further region is begun.
 */
export async function bake(site: Site, length: Duration, c: DeployCollaborators): Promise<GateData> {
  const { region } = site
  const what = `watching ${region} for ${length.toString()}`
  return span({ step: 'bake', what, region }, () => watch(site, length, c), c)
}

async function watch(site: Site, length: Duration, c: DeployCollaborators): Promise<GateData> {
  const { region } = site
  const end = c.clock.monotonicMs() + length.ms
  let bad = 0
  for (let looks = 1; ; looks += 1) {
    const fault = await faultOf(site, c)
    bad = fault === undefined ? 0 : bad + 1
    if (fault !== undefined && bad >= badLooks) {
      throw new Failure('POLICY', `gate health.${region} says no: ${fault}`, {
        region,
        next: `iv status --region ${region} shows why`,
      })
    }
    const leftMs = end - c.clock.monotonicMs()
    // The end of the time alone is no verdict: a fault that has just begun is looked at until it is one or gone.
    if (leftMs <= 0 && bad === 0) {
      return {
        id: `health.${region}`,
        verdict: 'allow',
        reason: `well in ${looks} looks over ${length.toString()}`,
      }
    }
    await c.clock.sleep(leftMs > 0 ? Math.min(lookEveryMs, leftMs) : lookEveryMs, c.signal)
  }
}

async function faultOf({ plan, target }: Site, c: DeployCollaborators): Promise<string | undefined> {
  const seen = await observeRegion({ plan, access: target.cluster, stateFolder: undefined }, c).catch(
    (error: unknown) => ({ reachable: false, error: toFailure(error), pools: [] }),
  )
  if (!seen.reachable) return seen.error?.message ?? 'it cannot be reached'
  const short = seen.pools.find(({ ready, minimum, desired }) => ready < Math.min(minimum, desired))
  return short && `pool ${short.name} has ${short.ready} of ${short.desired} ready`
}
