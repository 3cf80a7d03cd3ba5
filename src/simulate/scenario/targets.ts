import { poolNames, type PoolName } from '../../spec/schema/pool.ts'
import type { Specification } from '../../spec/schema/specification.ts'
import type { Fault, FaultAction } from './schema.ts'

export const fallbackSpeech = 'fallback-speech'

/** What a fault hits, once its name is known. */
export type Target =
  | { kind: 'pool'; pool: PoolName | typeof fallbackSpeech; regions: readonly string[] }
  | { kind: 'region'; region: string }
  | { kind: 'zone'; region: string; zone: string }
  | { kind: 'link'; from: string; to: string }
  | { kind: 'dns' }

const kinds: Readonly<Record<FaultAction, readonly Target['kind'][]>> = {
  kill: ['pool'],
  slow: ['pool'],
  stale: ['pool'],
  lose: ['region', 'zone'],
  cut: ['link'],
  fail: ['dns'],
}

type Regions = Specification['regions']

/** Every name that a fault with this action may have as its target. */
export function targetNames(action: FaultAction, all: Regions, regions: readonly string[]): string[] {
  const names: Readonly<Record<Target['kind'], () => string[]>> = {
    pool: () => [...poolNames, ...(action === 'stale' ? [] : [fallbackSpeech])],
    region: () => [...regions],
    zone: () => regions.flatMap((region) => all[region]?.zones ?? []),
    link: () => regions.flatMap((from) => regions.flatMap((to) => (from === to ? [] : [`${from}->${to}`]))),
    dns: () => ['dns'],
  }
  return kinds[action].flatMap((kind) => names[kind]())
}

/** @returns undefined for a name that the action cannot hit. */
export function targetOf(
  { action, target, region }: Fault,
  all: Regions,
  regions: readonly string[],
): Target | undefined {
  if (!targetNames(action, all, regions).includes(target)) return undefined
  const pool = [...poolNames, fallbackSpeech].find((name) => name === target)
  if (pool !== undefined) {
    return { kind: 'pool', pool: pool as PoolName, regions: region === undefined ? regions : [region] }
  }
  if (target === 'dns') return { kind: 'dns' }
  const [from = '', to] = target.split('->')
  if (to !== undefined) return { kind: 'link', from, to }
  if (regions.includes(target)) return { kind: 'region', region: target }
  const home = regions.find((name) => all[name]?.zones.includes(target))
  return home === undefined ? undefined : { kind: 'zone', region: home, zone: target }
}

/** Do the two hit something in common? */
export function touch(left: Target, right: Target): boolean {
  if (left.kind === 'pool' && right.kind === 'pool') {
    return left.pool === right.pool && left.regions.some((region) => right.regions.includes(region))
  }
  return JSON.stringify(left) === JSON.stringify(right)
}
