import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { loadPlatform } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { selectRegions } from '../spec/regions.ts'
import type { Collaborators } from '../collaborators.ts'

/** What is promoted from, or to: regions of one environment. */
export interface Place {
  platform: Platform
  regions: readonly string[]
  /** `production/us-east`. */
  name: string
}

interface Written {
  file?: string | undefined
  /** Where a bare region is looked for. */
  environment: string
}

/**
 * `us-east` is a region of the environment asked for, `staging/us-east` of another one, `staging` all of that one.
 * @throws Failure NOT_FOUND for a name that is neither.
 */
export async function placeOf(
  text: string,
  { file, environment }: Written,
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Place> {
  const load = (name: string): Promise<Platform> =>
    loadPlatform({ ...(file === undefined ? {} : { file }), environment: name, allowLocalState: true }, c)
  const [first = '', region] = text.split('/')
  if (region !== undefined) {
    const platform = await load(first)
    return { platform, regions: selectRegions(platform, [region]), name: `${first}/${region}` }
  }
  const here = await load(environment)
  if (Object.hasOwn(here.specification.regions, text)) {
    return { platform: here, regions: [text], name: `${environment}/${text}` }
  }
  const there = await load(text).catch((error: unknown) => error)
  if (!(there instanceof Error)) {
    const platform = there as Platform
    return { platform, regions: selectRegions(platform, ['all']), name: text }
  }
  if (!(there instanceof Failure) || there.code !== 'NOT_FOUND') throw there
  throw new Failure(
    'NOT_FOUND',
    `${JSON.stringify(text)} is no region of ${environment} and no environment`,
    {
      next: suggestion(text, Object.keys(here.specification.regions)),
    },
  )
}
