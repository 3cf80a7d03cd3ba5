import type { Collaborators } from '../collaborators.ts'
import type { EngineResult } from '../engine/engine.ts'
import { Failure } from '../failure.ts'
import type { SavedPlan } from '../report/preview.ts'
import type { Platform } from '../spec/platform.ts'
import { Duration } from '../units/duration.ts'
import type { Settled } from './lanes.ts'
import { ownVersion, type PlanBody, type PlannedRegion, readPlan, sha256, writePlan } from './plan-file.ts'
import type { Site } from './site.ts'

const aDay = Duration.ms(24 * 3_600_000)

type Seen = { site: Site; seen: EngineResult }

export interface SaveInput {
  /** Absolute path. */
  file: string
  /** How long the plan may be deployed; a day unless stated. */
  ttl?: Duration | undefined
  platform: Platform
}

/** Writes what a preview showed, for `deploy --plan`. Nothing where a region could not be seen: it would be left out. */
export async function savePlan(
  { file, ttl = aDay, platform }: SaveInput,
  settled: readonly Settled<Seen>[],
  c: Pick<Collaborators, 'clock' | 'paths'>,
): Promise<SavedPlan | null> {
  const regions = settled.flatMap((end) => (end.status === 'done' ? [plannedRegion(end.value)] : []))
  if (regions.length < settled.length) return null
  const now = c.clock.now()
  const expiresAt = new Date(now.getTime() + ttl.ms).toISOString()
  const digest = await writePlan(file, {
    apiVersion: 'iv/v1',
    kind: 'DeployPlan',
    version: await ownVersion(c),
    environment: platform.environment,
    configDigest: platform.digest,
    madeAt: now.toISOString(),
    expiresAt,
    regions,
  })
  return { file, digest, expiresAt }
}

/**
 * Reads a plan that is still to be deployed.
 * @throws Failure `USAGE` for another environment, `REFUSED` once it has expired or for another `iv`.
 */
export async function openPlan(
  file: string,
  environment: string,
  c: Pick<Collaborators, 'clock' | 'paths'>,
): Promise<PlanBody> {
  const plan = await readPlan(file)
  if (plan.environment !== environment) {
    throw new Failure('USAGE', `plan ${file} is for environment ${plan.environment}, not ${environment}`, {
      next: `add --env ${plan.environment}`,
    })
  }
  const version = await ownVersion(c)
  if (plan.version !== version) {
    throw new Failure('REFUSED', `plan ${file} was made by iv ${plan.version}, this is ${version}`, {
      next: again,
    })
  }
  if (c.clock.now().getTime() >= Date.parse(plan.expiresAt)) {
    throw new Failure('REFUSED', `plan ${file} expired at ${plan.expiresAt}`, { next: again })
  }
  return plan
}

/** @throws Failure `CHANGES` where the specification is not the one that the plan was made from. */
export function refuseOtherConfig(plan: PlanBody, platform: Platform): void {
  if (plan.configDigest === platform.digest) return
  const message = `the specification has changed since the plan was made: ${platform.digest}, not ${plan.configDigest}`
  throw new Failure('CHANGES', message, { next: again })
}

/**
 * Holds what would be done now against what the plan says.
 * @throws Failure `REFUSED` for a region outside the plan or another cluster, `CHANGES` where something differs.
 */
export function refuseUnplanned(plan: PlanBody, { site, seen }: Seen): void {
  const { region } = site
  const planned = plan.regions.find((candidate) => candidate.region === region)
  if (!planned) {
    throw new Failure('REFUSED', `region ${region} is not in the plan`, { region, next: again })
  }
  const now = plannedRegion({ site, seen })
  if (planned.clusterUid !== now.clusterUid) {
    throw new Failure(
      'REFUSED',
      `the plan is for cluster ${planned.clusterUid}, but region ${region} is reached in ${now.clusterUid}`,
      { region, next: 'point the context back, or preview again' },
    )
  }
  const different = differences(planned, now)
  if (different.length === 0) return
  throw new Failure('CHANGES', `the region is not as the plan saw it: ${shortened(different)}`, {
    region,
    next: again,
  })
}

function plannedRegion({ site, seen }: Seen): PlannedRegion {
  const { region, plan, target, record } = site
  return {
    region,
    stack: target.stack,
    provider: target.provider,
    clusterUid: record.clusterUid ?? '',
    objects: sha256(plan),
    changes: seen.changes.map(({ op, type, name, paths, differences: fields = [] }) => ({
      what: `${op} ${type} ${name}`,
      fields: sha256([paths, fields]),
    })),
  }
}

function differences(planned: PlannedRegion, now: PlannedRegion): string[] {
  const before = new Map(planned.changes.map(({ what, fields }) => [what, fields]))
  const after = new Map(now.changes.map(({ what, fields }) => [what, fields]))
  return [
    ...(planned.provider === now.provider ? [] : [`provider ${now.provider}, not ${planned.provider}`]),
    ...(planned.objects === now.objects ? [] : ['what the region is to have differs']),
    ...[...after.keys()].filter((what) => !before.has(what)).map((what) => `${what} is not in the plan`),
    ...[...before.keys()].filter((what) => !after.has(what)).map((what) => `no longer to ${what}`),
    ...[...after].flatMap(([what, fields]) =>
      before.has(what) && before.get(what) !== fields ? [`${what} with other values`] : [],
    ),
  ]
}

const shown = 3

function shortened(texts: readonly string[]): string {
  const more = texts.length > shown ? ` (and ${texts.length - shown} more)` : ''
  return `${texts.slice(0, shown).join('; ')}${more}`
}

const again = 'preview again with --save-plan, look at it, and deploy the new plan'
