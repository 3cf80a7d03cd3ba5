import { describe, expect, test } from 'vitest'
import { madeObjects, systemsPage } from '../../src/generate/systems-page.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { examplePlatform } from '../platform/example.ts'

const platform = examplePlatform()
const plans = Object.keys(platform.specification.regions).map((region) => planRegion(platform, region))
const regions = plans.map((plan) => ({ plan, objects: madeObjects(plan) }))
const page = systemsPage(regions)

function rowsOf(text: string): string[] {
  return text.split('\n').filter((line) => /^\| (?!The document asks)/.test(line))
}

const systems = plans.flatMap((plan) => plan.systems)
const components = [...new Set(systems.map(({ component }) => component))]

describe('the reference of the systems', () => {
  test('has a row for every demand that a system names, and says why', () => {
    const demands = new Set(
      systems.flatMap(({ name, fidelity }) => fidelity.map(({ demand }) => `${name} ${demand}`)),
    )
    expect(rowsOf(page).length).toBeGreaterThanOrEqual(demands.size)
    for (const row of rowsOf(page))
      expect(row).toMatch(/ \| (exact|approximated|elsewhere) \| .+ \| .{10,} \|$/)
  })

  test.each(components)('loses the rows of %s where its component is not made, and no other', (component) => {
    const without = regions.map(({ plan, objects }) => ({
      plan,
      objects: objects.filter((object) => object.component !== component),
    }))
    const lost = rowsOf(page).filter((row) => !rowsOf(systemsPage(without)).includes(row))
    const own = systems.filter((system) => system.component === component)
    const demands = own.flatMap(({ fidelity }) => fidelity.map(({ demand }) => demand.replaceAll('|', '\\|')))
    expect(lost.length).toBeGreaterThan(0)
    for (const row of lost) expect(demands.some((demand) => row.startsWith(`| ${demand} |`))).toBe(true)
    for (const demand of demands) expect(lost.some((row) => row.startsWith(`| ${demand} |`))).toBe(true)
  })

  test('names no object that is not made', () => {
    const nothing = regions.map(({ plan, objects }) => ({
      plan,
      objects: objects.filter(({ kind }) => kind !== 'HorizontalPodAutoscaler'),
    }))
    expect(systemsPage(nothing)).not.toContain('HorizontalPodAutoscaler')
    expect(page).toContain('`HorizontalPodAutoscaler api`')
  })
})
