import { Tally } from '../../../src/simulate/kernel/tally.ts'
import type { Point } from './grid.ts'

/** Published, so that anybody can repeat every figure: one run per seed and point. */
export const seeds: readonly number[] = Array.from({ length: 30 }, (_, index) => index + 1)

/** The 97.5 % quantile of Student's t with 29 degrees of freedom. */
const t29 = 2.045229642132703

export interface Estimate {
  name: string
  exact: number
  mean: number
  /** (mean − exact) / standard error. */
  z: number
  /** (mean − exact) / exact. */
  error: number
  covered: boolean
}

export interface Coverage {
  points: number
  covered: number
  largestZ: number
  /** The mean over the points of their signed relative errors. */
  meanError: number
}

export function estimate(point: Point, length: number): Estimate {
  const tally = new Tally()
  for (const seed of seeds) tally.add(point.run(seed, length))
  const mean = tally.mean ?? Number.NaN
  const z = (mean - point.exact) / Math.sqrt((tally.variance ?? Number.NaN) / seeds.length)
  const error = (mean - point.exact) / point.exact
  return { name: point.name, exact: point.exact, mean, z, error, covered: Math.abs(z) <= t29 }
}

export function coverageOf(estimates: readonly Estimate[]): Coverage {
  return {
    points: estimates.length,
    covered: estimates.filter(({ covered }) => covered).length,
    largestZ: Math.max(...estimates.map(({ z }) => Math.abs(z))),
    meanError: estimates.reduce((sum, { error }) => sum + error, 0) / estimates.length,
  }
}
