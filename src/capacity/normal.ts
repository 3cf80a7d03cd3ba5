/** Density of the standard normal distribution. */
function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}

/** P(Z > z), by the continued fraction for large z and the series for small; at least 10 digits. */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z)
  if (z < 3) return 0.5 - density(z) * series(z)
  let fraction = 0
  for (let term = 60; term >= 1; term -= 1) fraction = term / (z + fraction)
  return density(z) / (z + fraction)
}

/** z + z³/3 + z⁵/15 + …, so that Φ(z) − ½ = density × series. */
function series(z: number): number {
  let term = z
  let sum = z
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return sum
}

/** E[(Z − z)⁺]: by how much a standard normal value exceeds z on average. */
export function expectedExcess(z: number): number {
  return Math.max(0, density(z) - z * upperTail(z))
}
