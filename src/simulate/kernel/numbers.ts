/**
 * log, exp and pow from nothing but IEEE 754 addition, multiplication, division and square root, which are exactly
 * rounded everywhere: a seed gives the same run under every version of Node. `Math.log` and its like are the
 * engine's choice and may change in the last bit. Within two units in the last place of the true value.
 */
const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

/** ln 2 in two parts; the first has 32 trailing zero bits, so that its product with an exponent is exact. */
const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
/** 2^(index − 1023), by doubling. */
const powersOfTwo = new Float64Array(2047)
powersOfTwo[1023] = 1
for (let index = 1; index <= 1023; index += 1) {
  powersOfTwo[1023 + index] = 2 * (powersOfTwo[1022 + index] as number)
  powersOfTwo[1023 - index] = (powersOfTwo[1024 - index] as number) / 2
}
const two54 = 18014398509481984

/** Natural logarithm; −∞ at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN
  if (x === Infinity) return Infinity
  const exponent = exponentOf(x)
  const f = scale(x, -exponent) - 1
  // ln(1+f) = 2·atanh(s) = f − s·(f − R) with s = f/(2+f): the rounding error of s only meets the small f.
  const s = f / (2 + f)
  return exponent * ln2High + (f - (s * (f - tail(s * s)) - exponent * ln2Low))
}

/**
 * 2·(z/3 + z²/5 + …), what 2·atanh(s) has beyond 2s, over s. z ≤ 0.0295, so that 12 terms reach 2⁻⁶⁰. Even and odd
 * powers apart, because a processor computes both sums at once.
 */
function tail(z: number): number {
  const w = z * z
  const odd = 2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19 + w * (2 / 23)))))
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21 + w * (2 / 25)))))
  return z * (odd + z * even)
}

/** The whole number nearest to log₂ x, for x > 0: x / 2^exponent is in [√½, √2). */
function exponentOf(x: number): number {
  if (x < 2.2250738585072014e-308) return exponentOf(x * two54) - 54
  float[0] = x
  const high = words[1] as number
  // Of a mantissa, 0x6a09e are the first bits of √2.
  return (high >>> 20) - 1023 + ((high & 0xfffff) >= 0x6a09e ? 1 : 0)
}

/** e^x; 0 below and Infinity above what a double can hold. */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/** e^(high + low), where `low` is below one rounding error of `high`. */
function expOfSum(high: number, low: number): number {
  if (!(high > -745.2)) return Number.isNaN(high) ? Number.NaN : 0
  if (high > 709.79) return Infinity
  const exponent = Math.round(high * Math.LOG2E)
  const r = high - exponent * ln2High
  const rest = low - exponent * ln2Low
  const x = r + rest
  const lost = r - x + rest
  return scale(1 + (x + (x * x * remainder(x) + lost)), exponent)
}

/** (e^x − 1 − x) / x² = 1/2! + x/3! + … + x^12/14!, for |x| ≤ 0.35. */
function remainder(x: number): number {
  const w = x * x
  const even =
    1 / 2 +
    w *
      (1 / 24 +
        w * (1 / 720 + w * (1 / 40320 + w * (1 / 3628800 + w * (1 / 479001600 + w * (1 / 87178291200))))))
  const odd =
    1 / 6 + w * (1 / 120 + w * (1 / 5040 + w * (1 / 362880 + w * (1 / 39916800 + w * (1 / 6227020800)))))
  return even + x * odd
}

/** value · 2^exponent, in two steps where one would leave the normal numbers. */
function scale(value: number, exponent: number): number {
  if (exponent > 1023) return scale(value * 2, exponent - 1)
  if (exponent < -1021) return scale(value, exponent + 60) * 8.673617379884035e-19
  return value * (powersOfTwo[exponent + 1023] as number)
}

/** base^exponent for base ≥ 0, from a logarithm of about 66 bits. Negative bases have no use here: NaN. */
export function pow(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1
  if (!(base > 0) || base === Infinity || !Number.isFinite(exponent)) return powAtTheEdge(base, exponent)
  const ln = logInTwo(base)
  const high = ln.high * exponent
  if (!Number.isFinite(high)) return high > 0 ? Infinity : 0
  return expOfSum(high, productError(ln.high, exponent, high) + ln.low * exponent)
}

function powAtTheEdge(base: number, exponent: number): number {
  if (!(base >= 0) || Number.isNaN(exponent)) return Number.NaN
  const grows = base > 1 === exponent > 0
  return grows ? Infinity : 0
}

/** ln x = high + low. The series as in `log`, with s and s³ carried in two doubles each. */
function logInTwo(x: number): { high: number; low: number } {
  const exponent = exponentOf(x)
  const f = scale(x, -exponent) - 1
  const t = 2 + f
  const s = f / t
  const product = s * t
  const sLow = (f - product - productError(s, t, product) - s * (f - (t - 2))) / t
  const z = s * s
  const zLow = productError(s, s, z) + 2 * s * sLow
  const cube = s * z
  const cubeLow = productError(s, z, cube) + s * zLow + sLow * z
  const third = (2 * cube) / 3
  const thirdLow = (2 * cube - 3 * third - productError(3, third, 3 * third) + 2 * cubeLow) / 3
  const small = s * (tail(z) - (2 * z) / 3) + thirdLow + 2 * sLow + exponent * ln2Low
  const first = addExactly(exponent * ln2High, 2 * s)
  const second = addExactly(first.high, third)
  const third_ = addExactly(second.high, small)
  return { high: third_.high, low: third_.low + second.low + first.low }
}

/** a + b = high + low without error (Knuth). */
function addExactly(a: number, b: number): { high: number; low: number } {
  const high = a + b
  const part = high - a
  return { high, low: a - (high - part) + (b - part) }
}

/** a·b − product without error (Dekker), for factors below 2^996. */
function productError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a)
  const bHigh = upperHalf(b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}

function upperHalf(a: number): number {
  const wide = a * 134217729
  return wide - (wide - a)
}
