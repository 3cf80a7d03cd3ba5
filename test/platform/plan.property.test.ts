import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { annotations, labels, managedBy } from '../../src/names.ts'
import { longestName, resourceName } from '../../src/platform/names.ts'
import { objectsOf, workloadsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { platforms } from './arbitrary.ts'
import { examplePlatform } from './example.ts'
import { minimumOf, Scheduler, surgeOf } from './schedule.ts'

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const labelValue = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/

/** A hundred schedules take less than a second; a loaded machine of two cores may need many. */
const patience = { timeout: 120_000 }

describe('any platform', patience, () => {
  test('gives the same plan every time', () => {
    fc.assert(
      fc.property(platforms, ({ platform, region }) => {
        expect(JSON.stringify(planRegion(platform, region))).toBe(
          JSON.stringify(planRegion(platform, region)),
        )
      }),
    )
  })

  test('has legal names, unique within their kind', () => {
    fc.assert(
      fc.property(platforms, ({ platform, region }) => {
        const plan = planRegion(platform, region)
        const objects = objectsOf(plan)
        const names = [...objects.map(({ metadata }) => metadata.name), ...plan.nodes.map(({ name }) => name)]
        for (const name of names) {
          expect(name).toMatch(label)
          expect(name.length).toBeLessThanOrEqual(longestName)
        }
        const identities = objects.map(({ kind, metadata }) => `${kind} ${resourceName(metadata)}`)
        expect(new Set(identities).size).toBe(identities.length)
        expect(new Set(plan.nodes.map(({ name }) => name)).size).toBe(plan.nodes.length)
      }),
    )
  })

  test('marks every object as its own', () => {
    fc.assert(
      fc.property(platforms, ({ platform, region }) => {
        const plan = planRegion(platform, region)
        for (const { metadata } of objectsOf(plan)) {
          expect(metadata.labels).toMatchObject({
            [labels.managedBy]: managedBy,
            [labels.partOf]: plan.identity.platform,
            [labels.region]: region,
          })
          expect(metadata.labels).toHaveProperty([labels.name])
          expect(metadata.labels).toHaveProperty([labels.component])
          expect(metadata.annotations[annotations.stack]).toBe(`${plan.identity.project}/local.${region}`)
          for (const value of Object.values(metadata.labels)) {
            expect(value).toMatch(labelValue)
            expect(value.length).toBeLessThanOrEqual(longestName)
          }
        }
      }),
    )
  })

  test('names only what it also plans', () => {
    fc.assert(
      fc.property(platforms, ({ platform, region }) => {
        const plan = planRegion(platform, region)
        const named = (kind: string) =>
          objectsOf(plan)
            .filter((object) => object.kind === kind)
            .map(({ metadata }) => metadata.name)
        const used = objectsOf(plan).flatMap(({ metadata }) => metadata.namespace ?? [])
        expect(named('Namespace')).toEqual(expect.arrayContaining([...new Set(used)]))
        for (const { deployment } of workloadsOf(plan)) {
          expect(named('PriorityClass')).toContain(deployment.spec.template.spec.priorityClassName)
          expect(named('ServiceAccount')).toContain(deployment.spec.template.spec.serviceAccountName)
          expect(deployment.spec.template.metadata.labels).toMatchObject(deployment.spec.selector.matchLabels)
        }
      }),
    )
  })

  test('never counts replicas in an applied object', () => {
    fc.assert(
      fc.property(platforms, ({ platform, region }) => {
        const scaled = objectsOf(planRegion(platform, region)).filter(({ kind }) => kind === 'Deployment')
        expect(JSON.stringify(scaled)).not.toContain('"replicas"')
      }),
    )
  })

  test('lets an SFU server finish the longest session, however short its own grace is', () => {
    const minutes = fc.integer({ min: 1, max: 600 })
    fc.assert(
      fc.property(minutes, minutes, (longest, own) => {
        const platform = examplePlatform({
          sessions: { maxDuration: `${longest}m` },
          pools: { sfu: { terminationGrace: `${own}m` } },
        })
        const sfu = planRegion(platform, 'us-east').pools.find(({ name }) => name === 'sfu')
        const grace = sfu?.deployment.spec.template.spec.terminationGracePeriodSeconds
        expect(grace).toBe(Math.max(own * 60, longest * 60 + 300))
      }),
    )
  })
})

describe('the planned nodes, however the scheduler chooses among them,', patience, () => {
  test('hold every pool and workload at its minimum and through a rolling update', () => {
    fc.assert(
      fc.property(platforms, fc.infiniteStream(fc.nat()), ({ platform, region }, numbers) => {
        const plan = planRegion(platform, region)
        const scheduler = new Scheduler(plan, chooser(numbers))
        for (const pool of workloadsOf(plan)) expect(scheduler.place(pool, 1, minimumOf(pool))).toBe(0)
        for (const pool of workloadsOf(plan)) expect(scheduler.place(pool, 2, surgeOf(pool))).toBe(0)
      }),
    )
  })

  test('hold what shares nodes at twice its minimum, and through a rolling update there', () => {
    fc.assert(
      fc.property(platforms, fc.infiniteStream(fc.nat()), ({ platform, region }, numbers) => {
        const plan = planRegion(platform, region)
        const scheduler = new Scheduler(plan, chooser(numbers))
        const shared = workloadsOf(plan).filter(({ name }) => name !== 'sfu' && name !== 'llm')
        const doubled = shared.map((pool) => ({ pool, count: Math.min(2 * pool.minimum, pool.maximum) }))
        for (const { pool, count } of doubled) expect(scheduler.place(pool, 1, count)).toBe(0)
        for (const { pool, count } of doubled) {
          expect(scheduler.place(pool, 2, surgeOf(pool, count))).toBe(0)
        }
      }),
    )
  })
})

function chooser(numbers: fc.Stream<number>): (count: number) => number {
  return (count) => {
    const { value } = numbers.next()
    return count === 0 ? 0 : Number(value) % count
  }
}
