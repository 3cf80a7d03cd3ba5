import { isTree, merge, valueAt, type Tree } from '../tree.ts'

/**
 * Defaults that speak of a region which the file removed go with it: a platform of one region need not take
 * back links and scenarios that it never wrote.
 */
export function withoutLostRegions(defaults: unknown, present: readonly string[]): unknown {
  const lost = (name: unknown): boolean => typeof name === 'string' && !present.includes(name)
  const regions = mapOf(defaults, 'regions', (region) => ({
    ...(lost(valueAt(region, 'failoverTo')) ? { failoverTo: null } : {}),
    ...(lost(valueAt(region, 'replication.from')) ? { replication: null } : {}),
  }))
  const scenarios = mapOf(defaults, 'scenarios', (scenario) => {
    const named = valueAt(scenario, 'regions')
    return Array.isArray(named) && named.some(lost) ? null : {}
  })
  return merge(defaults, { regions, scenarios })
}

function mapOf(tree: unknown, section: string, change: (value: unknown) => Tree | null): Tree {
  const map = valueAt(tree, section)
  const entries = isTree(map) ? Object.entries(map) : []
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value)]))
}
