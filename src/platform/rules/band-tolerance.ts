import { milli } from '../canonical.ts'
import type { Trigger } from '../../spec/schema/pool.ts'

/**
 * The scale-in threshold as the autoscaler's tolerance below its target: it acts below `target × (1 − tolerance)`, so
 * with the target at the scale-out threshold this is `1 − in/out`. Rounded up to the next thousandth, so that a value
 * equal to the threshold never acts by the noise of binary fractions; a power of two (0.5) has no noise and stays.
 *
 * @returns thousandths as Kubernetes writes them back: `572m`.
 */
export function bandTolerance({ scaleOut, scaleIn }: Pick<Trigger, 'scaleOut' | 'scaleIn'>): string {
  const exact = (scaleOut - scaleIn) / scaleOut
  const thousandths = Number.isInteger(exact * 8)
    ? exact * 1000
    : Math.floor(((scaleOut - scaleIn) * 1000) / scaleOut) + 1
  return milli(thousandths)
}
