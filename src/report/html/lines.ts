import { type Area, type Frame, frameOf } from './axes.ts'
import { figure, type PlotHead, seriesTone, type Tone } from './figure.ts'
import { html, type Markup } from './markup.ts'
import type { Axis } from './scale.ts'
import type { Cells } from './table.ts'
import { plain } from './words.ts'

export interface Point {
  x: number
  /** Null interrupts the line. */
  y: number | null
  /** Ends of a range around `y`, drawn as a band. */
  low?: number
  high?: number
}

export interface LineSeries {
  name: string
  points: readonly Point[]
  /** A value holds until the next one, as a number of servers does. */
  step?: boolean
}

export interface LinePlot extends PlotHead {
  x: Axis
  y: Axis
  series: readonly LineSeries[]
  /** Thresholds, drawn across. */
  limits?: readonly { name: string; y: number; tone?: Tone }[]
  /** Instants, drawn upright and numbered; their names stand below the plot. */
  events?: readonly { name: string; x: number; tone?: Tone }[]
  height?: number
}

/** Series over a common axis, each with its own dashes: nothing is said by colour alone. */
export function linePlot(plot: LinePlot): Markup {
  const { series, limits = [], events = [], height = 300 } = plot
  const points = series.flatMap((each) => each.points)
  const frame = frameOf({
    x: { axis: plot.x, values: [...points.map(({ x }) => x), ...events.map(({ x }) => x)], zero: false },
    y: { axis: plot.y, values: [...points.flatMap(heights), ...limits.map(({ y }) => y)], zero: true },
    height,
  })
  const body = html`${frame.back}${limits.map(({ y, tone = 'warn' }) => across(frame, y, tone))}${series.map((each, index) => bandOf(each, frame, seriesTone(index)))}${series.map((each, index) => lineOf(each, frame, seriesTone(index)))}${eventMarks(events, frame)}`
  const legend = [
    ...series.map(({ name }, index) => ({ name, tone: seriesTone(index), mark: 'line' as const })),
    ...limits.map(({ name, tone = 'warn' as const }) => ({
      name,
      tone: `limit ${tone}`,
      mark: 'line' as const,
    })),
  ]
  return html`${figure(plot, { height, body, legend, table: tableOf(plot) })}${eventList(events, plot.x)}`
}

function heights({ y, low, high }: Point): number[] {
  return [y, low, high].filter((value) => value !== null && value !== undefined)
}

function across({ y, area }: Frame, value: number, tone: string): Markup {
  return html`<line class="line limit ${tone}" x1="${area.left}" y1="${y.place(value)}" x2="${area.right}" y2="${y.place(value)}" />`
}

function lineOf({ points, step = false }: LineSeries, { x, y }: Frame, tone: string): Markup {
  let open = false
  const path = points.map((point) => {
    if (point.y === null) {
      open = false
      return ''
    }
    const [left, up] = [at(x.place(point.x)), at(y.place(point.y))]
    const command = open ? (step ? `H${left}V${up}` : `L${left} ${up}`) : `M${left} ${up}`
    open = true
    return command
  })
  // A dot for each value, as long as dots can be told from each other.
  const dots =
    points.length > 24
      ? []
      : points.flatMap((point) =>
          point.y === null
            ? []
            : [html`<circle class="area ${tone}" cx="${x.place(point.x)}" cy="${y.place(point.y)}" r="3" />`],
        )
  return html`<path class="line ${tone}" d="${path.join('')}" />${dots}`
}

function bandOf({ points }: LineSeries, { x, y }: Frame, tone: string): Markup {
  const band = points.flatMap(({ x: where, low, high }) =>
    low === undefined || high === undefined
      ? []
      : [{ where: at(x.place(where)), low: at(y.place(low)), high: at(y.place(high)) }],
  )
  if (band.length < 2) return html``
  const there = band.map(({ where, high }) => `${where} ${high}`)
  const back = band.toReversed().map(({ where, low }) => `${where} ${low}`)
  return html`<path class="band ${tone}" d="M${[...there, ...back].join('L')}Z" />`
}

/** Numbers of events stand in the row above the area; those that would touch share the first one's place. */
function eventMarks(events: NonNullable<LinePlot['events']>, { x, area }: Frame): Markup {
  let taken = Number.NEGATIVE_INFINITY
  return html`${events.map(({ x: when, tone = 'neutral' }, index) => {
    const place = x.place(when)
    const number = place - taken < 22 ? undefined : eventNumber(index + 1, place, area)
    if (number) taken = place
    return html`<line class="line event ${tone}" x1="${place}" y1="${area.top}" x2="${place}" y2="${area.bottom}" />${number}`
  })}`
}

function eventNumber(number: number, place: number, { right, top }: Area): Markup {
  return html`<text class="end" x="${Math.min(place + 8, right)}" y="${top - 3}">${String(number)}</text>`
}

function eventList(events: NonNullable<LinePlot['events']>, { format = plain }: Axis): Markup {
  if (events.length === 0) return html``
  return html`<ol class="events">${events.map(({ name, x }) => html`<li>${format(x)}: ${name}</li>`)}</ol>`
}

function tableOf({ x, y, series, limits = [] }: LinePlot): Cells {
  const places = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].toSorted(
    (left, right) => left - right,
  )
  const known = series.map(({ points }) => new Map(points.map((point) => [point.x, point])))
  const value = ({ y: middle, low, high }: Point): string => {
    if (middle === null) return '-'
    const range = low === undefined || high === undefined ? '' : ` (${text(low, y)} to ${text(high, y)})`
    return `${text(middle, y)}${range}`
  }
  return {
    caption:
      limits.map(({ name, y: limit }) => `${name}: ${text(limit, y)}`).join('; ') ||
      `${y.label} by ${x.label}`,
    columns: [{ title: x.label }, ...series.map(({ name }) => ({ title: name, align: 'right' as const }))],
    rows: places.map((place) => [
      x.ticks?.find((tick) => tick.at === place)?.label ?? text(place, x),
      ...known.map((points) => {
        const point = points.get(place)
        return point ? value(point) : '-'
      }),
    ]),
  }
}

function text(value: number, { format = plain }: Axis): string {
  return format(value)
}

function at(place: number): string {
  return String(Number(place.toFixed(1)))
}
