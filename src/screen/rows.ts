import type { StepOutcome } from '../events/step-events.ts'
import type { PoolProgress, Progress, RegionProgress, StepProgress } from './progress.ts'

export type Tone = 'head' | 'good' | 'bad' | 'plain' | 'dim'

/** One row of the live view, not wider than asked for. */
export interface Row {
  key: string
  text: string
  tone: Tone
}

export interface View {
  width: number
  /** A view taller than the terminal would leave its upper rows behind on every frame. */
  height: number
  nowMs: number
}

const marks: Readonly<Record<'running' | StepOutcome, string>> = {
  running: '▸',
  done: '✓',
  failed: '✗',
  skipped: '·',
  cancelled: '✗',
}

const tones: Readonly<Record<'running' | StepOutcome, Tone>> = {
  running: 'plain',
  done: 'good',
  failed: 'bad',
  skipped: 'dim',
  cancelled: 'bad',
}

/** Objects under way that are named per region; the others are counted. */
const namedObjects = 4

/** Plain state to rows: the picture, then a tree per region; cut to the height by dropping finished steps first. */
export function rows(progress: Progress, view: View): Row[] {
  const busy = progress.regions.filter((region) => region.steps.length > 0 || region.objects.length > 0)
  const picture = progress.picture.map(
    (text, index): Row => ({ key: `picture/${index}`, text, tone: 'plain' }),
  )
  const full = [...picture, ...busy.flatMap((region) => regionRows(region, view.nowMs))]
  const shorter = (): Row[] => [...picture, ...busy.flatMap((region) => shortRows(region, view.nowMs))]
  const short = full.length <= view.height ? full : shorter()
  const kept = short.length <= view.height ? short : cut(short, view.height)
  return kept.map((row) => ({ ...row, text: clip(row.text, view.width) }))
}

function regionRows(region: RegionProgress, nowMs: number): Row[] {
  const name = region.region ?? 'iv'
  const steps = region.steps.map((step, index) => stepRow(step, nowMs, `${name}/${index}`))
  const below = [...steps, ...poolRow(region, name), ...objectRows(region, name)]
  const tree = below.map((row, index) => branch(row, index === below.length - 1))
  return [{ key: name, text: name, tone: 'head' }, ...tree]
}

function shortRows(region: RegionProgress, nowMs: number): Row[] {
  const done = region.steps.filter((step) => step.status === 'done').length
  const running = region.steps.filter((step) => step.status === 'running')
  const [head, ...below] = regionRows({ ...region, steps: running }, nowMs)
  if (!head) return below
  return [{ ...head, text: `${head.text} (${done}/${region.steps.length} steps)` }, ...below]
}

function branch(row: Row, last: boolean): Row {
  return { ...row, text: `${last ? '└─' : '├─'} ${row.text}` }
}

function stepRow(step: StepProgress, nowMs: number, key: string): Row {
  const seconds = ((step.durationMs ?? nowMs - step.sinceMs) / 1000).toFixed(1)
  const detail = step.detail === undefined ? '' : `  ${step.detail}`
  return { key, text: `${marks[step.status]} ${step.what}  ${seconds} s${detail}`, tone: tones[step.status] }
}

/** All pools in one row; those that are still waited for come first, where a narrow terminal shows them. */
function poolRow({ pools }: RegionProgress, name: string): Row[] {
  if (pools.length === 0) return []
  const isReady = ({ ready, desired }: PoolProgress): boolean => ready >= desired
  const told = pools
    .toSorted((one, other) => Number(isReady(one)) - Number(isReady(other)))
    .map(({ pool, ready, desired }) => `${pool} ${ready}/${desired}`)
  const tone = pools.every(isReady) ? 'good' : 'plain'
  return [{ key: `${name}/pools`, text: `  ready: ${told.join(', ')}`, tone }]
}

function objectRows(region: RegionProgress, name: string): Row[] {
  const named = region.objects.slice(0, namedObjects).map((object): Row => {
    return { key: `${name}/${object.key}`, text: `  ${object.key}  ${object.text}`.trimEnd(), tone: 'dim' }
  })
  const rest = region.objects.length - named.length
  if (rest === 0) return named
  return [...named, { key: `${name}/rest`, text: `  and ${rest} more under way`, tone: 'dim' }]
}

function cut(all: readonly Row[], height: number): Row[] {
  if (height < 1) return []
  const hidden = all.length - height + 1
  return [...all.slice(0, height - 1), { key: 'cut', text: `… ${hidden} more rows`, tone: 'dim' }]
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
