import type { StepOutcome } from '../events/step-events.ts'

/** What the live view knows: plain state, changed only by `advance`. */
export interface Progress {
  /** Lines of the picture that was reported last. */
  picture: readonly string[]
  regions: readonly RegionProgress[]
}

export interface RegionProgress {
  /** Undefined for what belongs to no region. */
  region: string | undefined
  steps: readonly StepProgress[]
  /** Objects under way, in the order in which they began. */
  objects: readonly ObjectProgress[]
  finishedObjects: number
  /** Pools in the order in which they were first told, with ready and wanted instances. */
  pools: readonly PoolProgress[]
}

export interface PoolProgress {
  pool: string
  ready: number
  desired: number
}

export interface StepProgress {
  step: string
  what: string
  status: 'running' | StepOutcome
  sinceMs: number
  durationMs?: number
  detail?: string
}

export interface ObjectProgress {
  key: string
  text: string
}

export interface Happening {
  id: string
  data: Readonly<Record<string, unknown>>
  region: string | undefined
  nowMs: number
  /** Of an event that is a picture: its text. */
  picture?: string | undefined
}

/** Finished steps that are remembered per region: a run of days must not grow. */
const keptSteps = 30

export const noProgress: Progress = { picture: [], regions: [] }

/** Steps and objects are recognised by the shape of their payload, so that new areas need no change here. */
export function advance(progress: Progress, happening: Happening): Progress {
  if (happening.picture !== undefined) return { ...progress, picture: happening.picture.split('\n') }
  const found = progress.regions.find((candidate) => candidate.region === happening.region)
  const before = found ?? { region: happening.region, steps: [], objects: [], finishedObjects: 0, pools: [] }
  const after = advanceRegion(before, happening)
  if (after === before) return progress
  if (!found) return { ...progress, regions: [...progress.regions, after] }
  const regions = progress.regions.map((candidate) => (candidate === found ? after : candidate))
  return { ...progress, regions }
}

/** Whether the live tree shows it; anything else is a line of its own. */
export function belongsToTree(id: string, data: Readonly<Record<string, unknown>>): boolean {
  if (id.startsWith('step.') || poolOf(data)) return true
  return objectKey(id, data) !== undefined && !id.endsWith('-failed')
}

function advanceRegion(region: RegionProgress, happening: Happening): RegionProgress {
  if (happening.id.startsWith('step.')) return { ...region, steps: advanceSteps(region.steps, happening) }
  const pool = poolOf(happening.data)
  if (pool) return { ...region, pools: advancePools(region.pools, pool) }
  const key = objectKey(happening.id, happening.data)
  if (key === undefined) return region
  if (/-(finished|failed)$/.test(happening.id)) {
    const objects = region.objects.filter((object) => object.key !== key)
    return { ...region, objects, finishedObjects: region.finishedObjects + 1 }
  }
  const said = happening.data['text'] ?? happening.data['op']
  const text = typeof said === 'string' ? said : ''
  const known = region.objects.some((object) => object.key === key)
  const objects = known
    ? region.objects.map((object) => (object.key === key ? { key, text } : object))
    : [...region.objects, { key, text }]
  return { ...region, objects }
}

function advanceSteps(steps: readonly StepProgress[], { id, data, nowMs }: Happening): StepProgress[] {
  const step = String(data['step'])
  if (id === 'step.started') {
    const started: StepProgress = { step, what: String(data['what']), status: 'running', sinceMs: nowMs }
    return [...steps, started].slice(-keptSteps)
  }
  const at = steps.findLastIndex((candidate) => candidate.step === step && candidate.status === 'running')
  const detail = typeof data['detail'] === 'string' ? { detail: data['detail'] } : {}
  const ended = { status: data['outcome'] as StepOutcome, durationMs: Number(data['durationMs']) }
  const change = id === 'step.finished' ? { ...ended, ...detail } : detail
  return steps.map((candidate, index) => (index === at ? { ...candidate, ...change } : candidate))
}

function advancePools(pools: readonly PoolProgress[], told: PoolProgress): PoolProgress[] {
  const known = pools.some(({ pool }) => pool === told.pool)
  return known ? pools.map((before) => (before.pool === told.pool ? told : before)) : [...pools, told]
}

function poolOf({ pool, ready, desired }: Readonly<Record<string, unknown>>): PoolProgress | undefined {
  const isPool = typeof pool === 'string' && typeof ready === 'number' && typeof desired === 'number'
  return isPool ? { pool, ready, desired } : undefined
}

/** Only of what is under way: an object that is merely named, as in a preview, is a line of its own. */
function objectKey(id: string, { kind, name }: Readonly<Record<string, unknown>>): string | undefined {
  if (!/-(started|status|finished|failed)$/.test(id)) return undefined
  return typeof kind === 'string' && typeof name === 'string' ? `${kind} ${name}` : undefined
}
