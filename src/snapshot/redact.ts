import type { RegionSnapshot } from './snapshot.ts'

/**
 * Replaces the names of nodes by `node-1` and so on, wherever they stand: as names, in labels, in what a pod asks
 * for. The same name becomes the same one everywhere, so that placement stays what it was.
 */
export function withoutHostnames(region: RegionSnapshot): RegionSnapshot {
  const known = new Map(region.nodes.map(({ name }, index) => [name, `node-${index + 1}`]))
  return replaced(region, known) as RegionSnapshot
}

function replaced(value: unknown, known: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return known.get(value) ?? value
  if (Array.isArray(value)) return value.map((part) => replaced(part, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part, known)]))
}
