import { plain } from './words.ts'

export interface Tick {
  at: number
  label: string
}

/** From values to places on the page. */
export interface Scale {
  readonly place: (value: number) => number
  ticks: readonly Tick[]
}

export interface Axis {
  label: string
  /** Powers of ten at equal distances; what is not above 0 lies on the axis. */
  log?: boolean
  /** Text of a value on the axis and in the table. */
  format?: (value: number) => string
  /** Where values are named; round numbers without it. */
  ticks?: readonly Tick[]
  /** The least and the largest value shown; from 0, or the least value given, up to the largest without it. */
  range?: readonly [from: number, until: number]
}

export interface ScaleInput {
  axis: Axis
  values: readonly number[]
  /** Places of the least and the largest value. */
  from: number
  until: number
  /** Whether 0 is shown whatever the values are. */
  zero: boolean
}

export function scaleOf(input: ScaleInput): Scale {
  return input.axis.log === true ? logarithmic(input) : linear(input)
}

function linear({ axis, values, from, until, zero }: ScaleInput): Scale {
  const finite = values.filter((value) => Number.isFinite(value))
  const [
    least = Math.min(...(zero ? [0] : []), ...finite),
    most = Math.max(...(zero ? [0] : []), ...finite),
  ] = axis.range ?? []
  const low = Number.isFinite(least) ? least : 0
  // Values that are as good as equal have no distance to divide by.
  const apart = Number.isFinite(most) && most - low > 1e-9 * Math.max(1e-3, Math.abs(most), Math.abs(low))
  const high = apart ? most : low + Math.max(1, Math.abs(low))
  const step = roundStep((high - low) / 5)
  const start = axis.range || axis.ticks ? low : Math.floor(low / step) * step
  const end = axis.range || axis.ticks ? high : Math.ceil(high / step - 1e-9) * step
  const count = Math.floor((end - start) / step + 1e-9) + 1
  const round = Array.from({ length: count }, (_, index) =>
    tidy((Math.ceil(start / step - 1e-9) + index) * step),
  )
  return {
    place: (value) => from + ((clamp(value, start, end) - start) / (end - start)) * (until - from),
    ticks:
      axis.ticks ??
      labelled(
        round.filter((value) => value <= end + 1e-9),
        axis,
      ),
  }
}

function logarithmic({ axis, values, from, until }: ScaleInput): Scale {
  const above = [...values, ...(axis.range ?? [])].filter((value) => Number.isFinite(value) && value > 0)
  const low = above.length > 0 ? Math.floor(Math.log10(Math.min(...above)) + 1e-9) : 0
  const high = Math.max(low + 1, above.length > 0 ? Math.ceil(Math.log10(Math.max(...above)) - 1e-9) : 1)
  const every = Math.ceil((high - low) / 6)
  const powers = Array.from(
    { length: Math.floor((high - low) / every) + 1 },
    (_, i) => 10 ** (low + i * every),
  )
  return {
    place: (value) => {
      const power = value > 0 ? clamp(Math.log10(value), low, high) : low
      return from + ((power - low) / (high - low)) * (until - from)
    },
    ticks: axis.ticks ?? labelled(powers, axis),
  }
}

function labelled(values: readonly number[], { format = plain }: Axis): Tick[] {
  return values.map((at) => ({ at, label: format(at) }))
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= size * (1 - 1e-9)) ?? 10
  return factor * power
}

/** 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
