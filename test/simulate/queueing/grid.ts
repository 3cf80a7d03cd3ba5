import { erlangB, erlangC } from '../../../src/capacity/erlang.ts'
import { lognormalParameters, type Stream } from '../../../src/simulate/kernel/streams.ts'
import { runWorkshop, type Workshop } from './machine-repair.ts'
import { type Length, runStation, type Station } from './station.ts'

/** A system with a closed form: what one run with a seed finds, and what is exact. */
export interface Point {
  name: string
  /** Load per server; 0 where it cannot exceed the servers. */
  utilization: number
  exact: number
  /** `length` 1 is the length in verify; the campaign takes more. */
  run: (seed: number, length: number) => number
}

const exponential = (stream: Stream): number => stream.exponential(1)
const constant = (): number => 1

/** The mean wait in M/M/c, in service times: C(c, A) / (c − A). */
function markov(servers: number, utilization: number): Point {
  const load = servers * utilization
  return station(`M/M/${servers} ρ=${utilization}: mean wait`, {
    station: { servers, meanGap: 1 / load, service: exponential },
    utilization,
    exact: erlangC(servers, load) / (servers - load),
  })
}

/** The mean wait in M/G/1, in service times, after Pollaczek and Khinchine: ρ(1 + cv²) / (2(1 − ρ)). */
function general(variation: number, utilization: number): Point {
  const parameters = lognormalParameters(1, variation)
  const service = variation === 0 ? constant : (stream: Stream): number => stream.lognormal(parameters)
  const name = variation === 0 ? 'M/D/1' : `M/G/1 cv=${variation}`
  return station(`${name} ρ=${utilization}: mean wait`, {
    station: { servers: 1, meanGap: 1 / utilization, service },
    utilization,
    exact: (utilization * (1 + variation * variation)) / (2 * (1 - utilization)),
  })
}

function station(name: string, point: { station: Station; utilization: number; exact: number }): Point {
  const run = (seed: number, length: number): number =>
    runStation(point.station, lengthAt(point.utilization, length), { seed, system: name }).meanWait
  return { name, utilization: point.utilization, exact: point.exact, run }
}

/** A busier queue forgets its start more slowly, with (1 − ρ)⁻². */
function lengthAt(utilization: number, length: number): Length {
  const memory = Math.round(1 / (1 - utilization) ** 2)
  return { warmUp: 40 * memory, customers: length * Math.max(15_000, 500 * memory) }
}

function loss(servers: number, load: number): Point {
  const name = `Erlang B c=${servers} A=${load}: share lost`
  const lost: Station = { servers, meanGap: 1 / load, service: exponential, room: 0 }
  const run = (seed: number, length: number): number =>
    runStation(lost, { warmUp: 20 * servers, customers: length * 20_000 }, { seed, system: name })
      .refusedShare
  return {
    name: `Erlang B c=${servers} A=${load}: share lost`,
    utilization: 0,
    exact: erlangB(servers, load),
    run,
  }
}

function workshop(shop: Workshop): Point {
  const { machines, repairers, life } = shop
  const name = `machine repair N=${machines} r=${repairers} life=${life}: mean down`
  const run = (seed: number, length: number): number => {
    const warmUp = 20 * (1 + life)
    const perFailure = Math.max(1 / repairers, shop.life / machines)
    return runWorkshop(shop, { warmUp, until: warmUp + length * 10_000 * perFailure }, { seed, system: name })
  }
  return { name, utilization: 0, exact: meanDown(shop), run }
}

/** Σ k·p(k), with p(k+1)/p(k) = (N − k) / (life · min(k + 1, r)): a birth-death chain. */
export function meanDown({ machines, repairers, life }: Workshop): number {
  let weight = 1
  let all = 1
  let down = 0
  for (let broken = 0; broken < machines; broken += 1) {
    weight *= (machines - broken) / (life * Math.min(broken + 1, repairers))
    all += weight
    down += (broken + 1) * weight
  }
  return down / all
}

const markovPoints: readonly [number, readonly number[]][] = [
  [1, [0.3, 0.5, 0.7, 0.8, 0.9, 0.95]],
  [2, [0.3, 0.5, 0.7, 0.8, 0.9, 0.95]],
  [5, [0.5, 0.7, 0.8, 0.9, 0.95]],
  [20, [0.7, 0.8, 0.9, 0.95]],
  [80, [0.85, 0.9, 0.95]],
]
const losses: readonly [number, number][] = [
  [1, 0.5],
  [3, 6],
  [5, 3],
  [10, 8],
  [10, 12],
  [20, 15],
  [20, 20],
  [50, 45],
  [80, 70],
  [80, 90],
]
const workshops: readonly Workshop[] = [
  { machines: 3, repairers: 1, life: 5 },
  { machines: 5, repairers: 1, life: 10 },
  { machines: 5, repairers: 2, life: 2 },
  { machines: 10, repairers: 1, life: 10 },
  { machines: 10, repairers: 3, life: 3 },
  { machines: 20, repairers: 2, life: 10 },
  { machines: 20, repairers: 20, life: 9 },
  { machines: 50, repairers: 5, life: 12 },
  { machines: 100, repairers: 3, life: 50 },
  { machines: 100, repairers: 10, life: 9 },
]

/** Sixty systems: 24 M/M/c, 6 M/D/1, 10 M/G/1, 10 Erlang B, 10 machine-repair. */
export const grid: readonly Point[] = [
  ...markovPoints.flatMap(([servers, loads]) => loads.map((load) => markov(servers, load))),
  ...[0.3, 0.5, 0.7, 0.8, 0.9, 0.95].map((load) => general(0, load)),
  ...[0.5, 1.5].flatMap((variation) => [0.5, 0.7, 0.8, 0.9, 0.95].map((load) => general(variation, load))),
  ...losses.map(([servers, load]) => loss(servers, load)),
  ...workshops.map(workshop),
]
