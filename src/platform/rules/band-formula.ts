/** One trigger as the formula knows it, with its two thresholds. */
export interface Band {
  name: string
  scaleOut: number
  scaleIn: number
}

export interface BandFormula {
  formula: string
  target: string
}

/**
 * The band for clusters whose autoscaler has one tolerance of a tenth for both directions. The formula itself stays at
 * the target between the thresholds; above, it is at least 12 % over the target, so that the tolerance does not
 * swallow the first tenth; below, it is the measured value. Several triggers are compared as shares of
 * their own target, and the highest one counts: in goes only what is below every band.
 */
export function bandFormula([first, ...others]: readonly [Band, ...Band[]]): BandFormula {
  if (others.length === 0) return { formula: banded(first, first.scaleOut), target: String(first.scaleOut) }
  const shares = [first, ...others].map((band) => banded(band, 100))
  return { formula: `max(${shares.join(', ')})`, target: '100' }
}

const aboveTolerance = 1.12

function banded({ name, scaleOut, scaleIn }: Band, target: number): string {
  const value = target === scaleOut ? name : `${name} * ${target} / ${scaleOut}`
  const least = round(target * aboveTolerance)
  return `(${name} > ${scaleOut} ? max(${value}, ${least}) : (${name} < ${scaleIn} ? ${value} : ${target}))`
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
