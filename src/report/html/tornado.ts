import { type Area, gridAcross } from './axes.ts'
import { figure, plotWidth, type PlotHead } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { type Axis, type Scale, scaleOf } from './scale.ts'
import { fitted, plain, widthOf } from './words.ts'

export interface Tornado extends PlotHead {
  /** What is moved. */
  effect: Axis
  /** Names of the two changes, such as `+20 %` and `-20 %`. */
  changes: readonly [up: string, down: string]
  /** The input that moves most first, each with the effect of either change. */
  rows: readonly { name: string; up: number; down: number }[]
}

const rowHeight = 26

/** What moves when one input changes, with zero in the middle. */
export function tornadoPlot(plot: Tornado): Markup {
  const { rows, changes, effect } = plot
  const format = effect.format ?? plain
  const bottom = 8 + rows.length * rowHeight
  const values = rows.flatMap(({ up, down }) => [up, down])
  const most = Math.max(1e-9, ...values.map(Math.abs))
  const reserved = Math.max(...values.map((value) => widthOf(format(value)))) + 10
  const left = 12 + Math.min(250, Math.max(40, ...rows.map(({ name }) => widthOf(name))))
  const area: Area = { left: left + reserved, right: plotWidth - reserved, top: 4, bottom }
  const ends = { from: area.left, until: area.right }
  const scale = scaleOf({
    axis: { ...effect, range: effect.range ?? [-most, most] },
    values,
    ...ends,
    zero: true,
  })
  const body = html`${gridAcross(scale, area)}${rows.map((row, index) => rowOf(row, 4 + index * rowHeight, { scale, format, left }))}<line class="axis" x1="${scale.place(0)}" y1="4" x2="${scale.place(0)}" y2="${bottom}" /><text class="label end" x="${area.right}" y="${bottom + 36}">${effect.label}</text>`
  return figure(plot, {
    height: bottom + 44,
    body,
    legend: changes.map((name, index) => ({ name, tone: index === 0 ? 's0' : 's1', mark: 'area' as const })),
    table: {
      caption: effect.label,
      columns: [{ title: 'Input' }, ...changes.map((title) => ({ title, align: 'right' as const }))],
      rows: rows.map(({ name, up, down }) => [name, format(up), format(down)]),
    },
  })
}

interface RowFrame {
  scale: Scale
  format: (value: number) => string
  left: number
}

function rowOf({ name, up, down }: Tornado['rows'][number], top: number, frame: RowFrame): Markup {
  const { left, scale } = frame
  // Effects on the same side lie on one half each, so that neither hides the other nor its figure.
  const sameSide = up * down > 0
  const zero = scale.place(0)
  const bar = (value: number, tone: string, half: 0 | 1): Markup => {
    const place = scale.place(value)
    const y = sameSide ? top + half * 11 : top
    return html`<rect class="area ${tone}" x="${Math.min(zero, place)}" y="${y}" width="${Math.abs(place - zero)}" height="${sameSide ? 10 : 20}" />`
  }
  const [first, second] = sameSide ? [Math.abs(up) > Math.abs(down) ? up : down, undefined] : [up, down]
  return html`<text class="end" x="${left - 4}" y="${top + 14}">${fitted(name, left - 6)}</text>${bar(up, 's0', 0)}${bar(down, 's1', 1)}${figureAt(first, top, frame)}${second === undefined || second === 0 ? undefined : figureAt(second, top, frame)}`
}

function figureAt(value: number, top: number, { scale, format }: RowFrame): Markup {
  const place = scale.place(value)
  return value < 0
    ? html`<text class="end" x="${place - 5}" y="${top + 14}">${format(value)}</text>`
    : html`<text x="${place + 5}" y="${top + 14}">${format(value)}</text>`
}
