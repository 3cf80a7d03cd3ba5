import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkKinds } from '../../src/milestone/checks.ts'
import { explainMilestone } from '../../src/milestone/explain.ts'
import { listMilestones } from '../../src/milestone/list.ts'
import { slackOf } from '../../src/milestone/slack.ts'
import { judgeMilestone } from '../../src/milestone/verdict.ts'
import { milestoneExplanationWriter } from '../../src/report/milestone-explanation.ts'
import { milestoneCheckWriter, milestoneListWriter } from '../../src/report/milestone.ts'
import { plainStyle } from '../../src/report/style.ts'
import { milestoneChecks } from '../../src/spec/schema/capacity.ts'
import { failureOf, load, production } from '../spec/support.ts'
import { project, record, type Project } from './support.ts'

const local = { environment: 'local' }
const dayMs = 86_400_000

describe('milestone list', () => {
  it('draws the roadmap of the document in 80 columns', async () => {
    const { data } = await listMilestones(local, (await project()).c)
    const text = milestoneListWriter.text(data, plainStyle)
    expect(text).toMatchInlineSnapshot(`
      "                   2025                    2026        DUE      SLACK  CHECKS
      infrastructure
      Single Region      ##########..............|.........  2025-06         1/2 1?
      Multi-AZ           ......##########........|.........  2025-09         1/2 1?
      Multi-Region (2)   ............==========..|.........  2025-12         2/4 2?
      Multi-Region (3)   ..................----------......  2026-03         2/4 2?
      Global Edge        ........................----------  2026-06         0/2 1x 1?
      capacity
      100 concurrent     ######..................|.........  2025-04    -91  2/4 1x 1?
      500 concurrent     ....########............|.........  2025-07   -183  2/4 1x 1?
      1,000 concurrent   ..........========......|.........  2025-10    -19  2/4 1x 1?
      5,000 concurrent   ................----------........  2026-02    -30  1/4 2x 1?
      10,000 concurrent  ........................----------  2026-06   +213  1/4 2x 1?
      # done  = active  - planned   today: |
      SLACK: days from due to the day demand outgrows the capacity before it."
    `)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('knows what is late', async () => {
    const { c } = await project()
    const { data } = await listMilestones(local, c)
    expect(data.today).toBe('2026-01-01')
    const late = data.milestones.filter((milestone) => milestone.late).map(({ id }) => id)
    expect(late).toEqual(['multi-region-2', 'concurrent-1000'])
    expect(milestoneListWriter.markdown?.(data)).toContain('| 2025-10 | active, late | -19 | 2/4 1x 1? |')
  })

  it('stays within 80 columns for any roadmap', async () => {
    const { data } = await listMilestones(local, (await project()).c)
    const [one] = data.milestones
    if (!one) throw new Error('there are no milestones')
    const month = fc
      .tuple(fc.integer({ min: 2020, max: 2040 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)
    const row = fc
      .record({ a: month, b: month, title: fc.string({ minLength: 1, maxLength: 40 }) })
      .map(({ a, b, title }) => ({ ...one, title, from: a < b ? a : b, due: a < b ? b : a }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), month, (milestones, today) => {
        const text = milestoneListWriter.text({ milestones, today: `${today}-15` }, plainStyle)
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
        const bars = text.split('\n').filter((line) => /[#=-]{1,34}/.test(line.slice(19, 53)))
        expect(bars.length).toBeGreaterThanOrEqual(milestones.length)
      }),
      { numRuns: 100 },
    )
  })

  it('says so where there are none', async () => {
    const { data } = await listMilestones(local, (await project()).c)
    const text = milestoneListWriter.text({ ...data, milestones: [] }, plainStyle)
    expect(text).toBe('the specification has no milestones')
  })
})

describe('slack', () => {
  it.each([
    ['concurrent-100', 0, '2025-01', -91, 178],
    ['concurrent-500', 100, '2025-01', -183, 317],
    ['concurrent-1000', 500, '2025-09', -19, 563],
    ['concurrent-5000', 1000, '2026-01', -30, 1144],
    ['concurrent-10000', 5000, '2027-01', 213, 1956],
  ])('of %s: %i interviews are outgrown in %s', async (id, ...rest) => {
    const [capacityBefore, neededBy, days, demandWhenDue] = rest
    const { specification } = await load()
    const milestone = specification.milestones[id]
    expect(milestone && slackOf(specification, milestone)).toEqual({
      capacityBefore,
      neededBy,
      days,
      demandWhenDue,
    })
  })

  it('is no matter of regions, nor of capacity that the table never outgrows', async () => {
    const more =
      'concurrent-20000: { section: capacity, title: 20k, from: 2027-01, until: 2030-06, state: planned'
    const text = `milestones:\n  ${more}, concurrentInterviews: 20000 }\n`
    const { specification } = await load(text)
    const of = (id: string) => {
      const milestone = specification.milestones[id]
      return milestone && slackOf(specification, milestone)
    }
    expect(of('multi-az')).toBeUndefined()
    expect(of('concurrent-20000')).toBeUndefined()
  })

  it('grows with the time that a milestone is due earlier', async () => {
    const early = await load('milestones: { concurrent-5000: { until: 2025-12 } }\n')
    const { specification } = early
    const milestone = specification.milestones['concurrent-5000']
    expect(milestone && slackOf(specification, milestone)?.days).toBe(30)
  })
})

describe('milestone check', () => {
  it('is unknown, exit 17, while there is no evidence', async () => {
    const { c } = await project()
    const { outcome, error, data } = await judgeMilestone({ ...local, id: 'multi-region-2' }, c)
    expect(outcome).toBe('UNKNOWN')
    expect(error?.message).toBe(
      'multi-region-2 is not shown to be reached; without evidence: deployed, region-drill',
    )
    expect(data.milestones).toHaveLength(1)
    expect(milestoneCheckWriter.text(data, plainStyle)).toContain('unknown  deployed')
    expect(milestoneCheckWriter.markdown?.(data)).toContain('| deployed | unknown | 0 of 2 regions')
  })

  it('is reached once everything is known and holds', async () => {
    const p = await project()
    await record(p, { command: 'deploy', regions: ['us-east'], outcome: 'OK' })
    const { outcome, error, data } = await judgeMilestone({ ...local, id: 'single-region' }, p.c)
    expect([outcome, error]).toEqual(['OK', undefined])
    expect(data.milestones[0]?.checks.at(-1)).toMatchObject({
      id: 'deployed',
      verdict: 'pass',
      evidence: expect.stringMatching(/^run 0/),
      ageDays: 0,
    })
  })

  it('fails, exit 5, where everything is known and something does not hold', async () => {
    const text = 'milestones: { global-edge: { checks: [edge, regions] } }\n'
    const { outcome, error } = await judgeMilestone({ ...local, id: 'global-edge' }, (await project(text)).c)
    expect(outcome).toBe('POLICY')
    expect(error?.message).toBe('global-edge is not shown to be reached; failed: edge')
  })

  it('cannot tell of a milestone that names no checks', async () => {
    const text = 'milestones: { global-edge: { checks: [] } }\n'
    const { outcome } = await judgeMilestone({ ...local, id: 'global-edge' }, (await project(text)).c)
    expect(outcome).toBe('UNKNOWN')
  })

  it('does not find a milestone that there is not, and names the nearest', async () => {
    const { c } = await project()
    const failure = await failureOf(judgeMilestone({ ...local, id: 'multi-regoin-2' }, c))
    expect(failure).toMatchObject({ code: 'NOT_FOUND', next: expect.stringContaining('multi-region-2') })
  })
})

describe('the evidence of deployments', () => {
  const verdict = async (p: Project, id = 'multi-region-2') => {
    const { data } = await judgeMilestone({ ...local, id }, p.c)
    return data.milestones[0]?.checks.find((check) => check.id === 'deployed')
  }

  it('is as old as the oldest that is needed, and says nothing after 90 days', async () => {
    const p = await project()
    await record(p, { command: 'deploy', regions: ['us-west'], outcome: 'OK' })
    await p.clock.advance(60 * dayMs)
    await record(p, { command: 'deploy', regions: ['us-east'], outcome: 'OK' })
    await p.clock.advance(30 * dayMs)
    expect(await verdict(p)).toMatchObject({ verdict: 'pass', ageDays: 90 })
    expect(await verdict(p, 'single-region')).toMatchObject({ verdict: 'pass', ageDays: 30 })
    await p.clock.advance(dayMs)
    expect(await verdict(p)).toMatchObject({
      verdict: 'unknown',
      ageDays: 91,
      reason: 'too old: deployed 91 days ago',
    })
  })

  it.each([
    ['a failed one', { command: 'deploy', regions: ['us-east', 'us-west'], outcome: 'OPERATION' as const }],
    ['a destroyed region', { command: 'destroy', regions: ['us-west'], outcome: 'OK' as const }],
  ])('is taken back by %s after it', async (_, later) => {
    const p = await project()
    await record(p, { command: 'deploy', regions: ['us-east', 'us-west'], outcome: 'OK' })
    expect(await verdict(p)).toMatchObject({ verdict: 'pass' })
    await p.clock.advance(1000)
    await record(p, later)
    expect(await verdict(p)).toMatchObject({ verdict: 'unknown' })
  })

  it('of another environment counts for nothing', async () => {
    const p = await project(production)
    await record(p, { command: 'deploy', regions: ['us-east', 'us-west'], outcome: 'OK' })
    const deployed = async (environment: string) => {
      const { data } = await judgeMilestone({ environment, id: 'multi-region-2' }, p.c)
      return data.milestones[0]?.checks.find(({ id }) => id === 'deployed')?.verdict
    }
    expect(await deployed('local')).toBe('pass')
    expect(await deployed('production')).toBe('unknown')
  })
})

describe('the checks', () => {
  it.each([
    ['zones', 'regions: { us-east: { zones: [a] } }', 'multi-az', 'less than two: us-east'],
    ['zones', 'pools: { api: { instances: { minimum: 1 } } }', 'multi-az', 'less than two: api'],
    [
      'failover-targets',
      'regions: { eu-west: { failoverTo: null } }',
      'multi-region-3',
      'no target: eu-west',
    ],
    ['regions', 'regions: { eu-west: null }', 'multi-region-3', '2 of 3 regions are specified'],
    [
      'planned-sessions',
      'pools: { sfu: { instances: { maximum: 20 } } }',
      'concurrent-5000',
      '3 regions × 20 servers × 80 = 4,800 < 5,000 interviews',
    ],
  ])('%s fails with %s', async (id, ...rest) => {
    const [text, milestone, reason] = rest
    const { data } = await judgeMilestone({ ...local, id: milestone }, (await project(`${text}\n`)).c)
    const check = data.milestones[0]?.checks.find((one) => one.id === id)
    expect(check).toMatchObject({ verdict: 'fail', reason, ageDays: 0 })
  })

  it('edge passes once there is one, and GPUs are unknown until a node is measured', async () => {
    const text = 'regions: { ap-south: { role: edge } }\ngpu: { nodeInterviews: null }\n'
    const { data } = await listMilestones(local, (await project(text)).c)
    const verdicts = data.milestones.flatMap(({ checks }) => checks)
    expect(verdicts.find(({ id }) => id === 'edge')?.verdict).toBe('pass')
    expect(verdicts.find(({ id }) => id === 'planned-gpus')?.verdict).toBe('unknown')
  })

  it('have each a question and a way on, and are all used by some milestone', async () => {
    expect(Object.keys(checkKinds)).toEqual([...milestoneChecks])
    for (const { asks, next } of Object.values(checkKinds)) {
      expect(asks).toMatch(/\?$/)
      expect(next).toMatch(/^[a-z]/)
    }
    const { specification } = await load()
    const used = Object.values(specification.milestones).flatMap(({ checks }) => checks ?? [])
    expect(milestoneChecks.filter((id) => !used.includes(id))).toEqual([])
  })
})

describe('milestone explain', () => {
  it('says where it comes from, what demand it meets, and how to go on', async () => {
    const { data } = await explainMilestone({ ...local, id: 'concurrent-5000' }, (await project()).c)
    const text = milestoneExplanationWriter.text(data, plainStyle)
    expect(text).toContain('from Scaling Milestones: 5,000 concurrent')
    expect(text).toContain('promises 5,000 interviews at once, 1,144 expected by then')
    expect(text).toContain('next: run a scenario with as many interviews')
    expect(data.checks.map(({ asks }) => asks)).toHaveLength(4)
  })

  it('names the place in the file where it was changed there', async () => {
    const p = await project('milestones:\n  global-edge:\n    until: 2027-01\n')
    const { data } = await explainMilestone({ ...local, id: 'global-edge' }, p.c)
    expect(data.source).toBe('iv.yaml:3:12')
  })
})
