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
  const before = found ?? { region: happening.region, steps: [], objects: [], finishedObjects: 0 }
  const after = advanceRegion(before, happening)
  if (after === before) return progress
  if (!found) return { ...progress, regions: [...progress.regions, after] }
  const regions = progress.regions.map((candidate) => (candidate === found ? after : candidate))
  return { ...progress, regions }
}

/** Whether the live tree shows it; anything else is a line of its own. */
export function belongsToTree(id: string, data: Readonly<Record<string, unknown>>): boolean {
  return id.startsWith('step.') || (objectKey(data) !== undefined && !id.endsWith('-failed'))
}

function advanceRegion(region: RegionProgress, happening: Happening): RegionProgress {
  if (happening.id.startsWith('step.')) return { ...region, steps: advanceSteps(region.steps, happening) }
  const key = objectKey(happening.data)
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

function objectKey(data: Readonly<Record<string, unknown>>): string | undefined {
  const { kind, name } = data
  return typeof kind === 'string' && typeof name === 'string' ? `${kind} ${name}` : undefined
}
