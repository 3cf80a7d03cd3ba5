import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advance,
  belongsToTree,
  type Happening,
  noProgress,
  type Progress,
} from '../../src/screen/progress.ts'
import { rows } from '../../src/screen/rows.ts'

const at = (id: string, data: Record<string, unknown>, region?: string): Happening => ({
  id,
  data,
  region,
  nowMs: 0,
})
const started = (step: string, region?: string) => at('step.started', { step, what: `doing ${step}` }, region)
const finished = (step: string, region?: string, outcome = 'done') =>
  at('step.finished', { step, what: `doing ${step}`, outcome, durationMs: 1200 }, region)
const object = (name: string, state: string, region = 'us-east') =>
  at(`engine.resource-${state}`, { kind: 'Deployment', name, op: 'create' }, region)
const play = (...happenings: Happening[]): Progress => happenings.reduce(advance, noProgress)
const shown = (progress: Progress, height = 20, width = 80): string[] =>
  rows(progress, { height, width, nowMs: 3000 }).map((row) => row.text)

describe('a picture', () => {
  it('takes the place of the one before, above the tree, and is cut to the height', () => {
    const picture = (text: string): Happening => ({ ...at('status.observed', {}), picture: text })
    const progress = play(picture('old'), started('look', 'us-east'), picture('new\nlines'))
    expect(shown(progress)).toEqual(['new', 'lines', 'us-east', '└─ ▸ doing look  3.0 s'])
    expect(shown(progress, 2)).toEqual(['new', '… 3 more rows'])
  })
})

describe('pools', () => {
  const pool = (name: string, ready: number, desired: number) =>
    at('deploy.pool', { pool: name, ready, desired }, 'us-east')

  it('are one row, those that are waited for first', () => {
    const progress = play(pool('sfu', 1, 3), pool('asr', 0, 5), started('up', 'us-east'), pool('sfu', 3, 3))
    expect(shown(progress)).toEqual(['us-east', '├─ ▸ doing up  3.0 s', '└─   ready: asr 0/5, sfu 3/3'])
  })
})

describe('the progress tree', () => {
  it('takes only what is under way for an object: what a preview names is a line of its own', () => {
    const named = { op: 'update', kind: 'Deployment', name: 'sfu', text: '~ Deployment sfu' }
    expect(belongsToTree('deploy.change', named)).toBe(false)
    expect(shown(play(at('deploy.change', named, 'us-east')))).toEqual([])
  })

  it('shows steps and objects under their region', () => {
    const progress = play(
      started('preview', 'us-east'),
      finished('preview', 'us-east'),
      started('up', 'us-east'),
      object('sfu', 'started'),
      started('wait'),
    )
    expect(shown(progress)).toEqual([
      'us-east',
      '├─ ✓ doing preview  1.2 s',
      '├─ ▸ doing up  3.0 s',
      '└─   Deployment sfu  create',
      'iv',
      '└─ ▸ doing wait  3.0 s',
    ])
  })

  it('forgets an object that is done, and names at most four', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const progress = play(...names.map((name) => object(name, 'started')), object('a', 'finished'))
    expect(shown(progress)).toEqual([
      'us-east',
      ...['b', 'c', 'd', 'e'].map((name) => `├─   Deployment ${name}  create`),
      '└─   and 1 more under way',
    ])
    expect(progress.regions[0]?.finishedObjects).toBe(1)
  })

  it('drops finished steps first when rows are few', () => {
    const progress = play(started('a', 'r1'), finished('a', 'r1'), started('b', 'r1'), started('c', 'r2'))
    expect(shown(progress, 4)).toEqual([
      'r1 (1/2 steps)',
      '└─ ▸ doing b  3.0 s',
      'r2 (0/1 steps)',
      '└─ ▸ doing c  3.0 s',
    ])
  })

  it('leaves a line of its own to whatever is neither step nor object, and to failures', () => {
    expect(belongsToTree('step.started', { step: 'x' })).toBe(true)
    expect(belongsToTree('engine.resource-started', { kind: 'Pod', name: 'x' })).toBe(true)
    expect(belongsToTree('engine.resource-failed', { kind: 'Pod', name: 'x' })).toBe(false)
    expect(belongsToTree('deploy.target', { context: 'x' })).toBe(false)
  })

  it('fits any terminal and stays bounded, whatever happens', () => {
    const step = fc.constantFrom('a', 'b', 'c')
    const region = fc.constantFrom('us-east', 'us-west', undefined)
    const happening = fc.oneof(
      fc.tuple(step, region).map(([name, where]) => started(name, where)),
      fc.tuple(step, region).map(([name, where]) => finished(name, where)),
      fc
        .tuple(step, fc.constantFrom('started', 'finished', 'status', 'failed'))
        .map(([name, state]) => object(name, state)),
    )
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 200 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 5, max: 60 }),
        (all, height, width) => {
          const progress = play(...all)
          const visible = shown(progress, height, width)
          expect(visible.length).toBeLessThanOrEqual(height)
          expect(Math.max(0, ...visible.map((row) => row.length))).toBeLessThanOrEqual(width)
          expect(Math.max(0, ...progress.regions.map(({ steps }) => steps.length))).toBeLessThanOrEqual(30)
        },
      ),
    )
  })
})
