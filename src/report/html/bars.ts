import { type Area, gridAcross } from './axes.ts'
import { figure, plotWidth, type PlotHead, seriesTone } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { type Axis, type Scale, scaleOf } from './scale.ts'
import { fitted, plain, widthOf } from './words.ts'

export interface BarPlot extends PlotHead {
  value: Axis
  /** What the categories are, such as `Horizon`. */
  categoryLabel: string
  categories: readonly string[]
  /** One value per category; a missing one is 0. */
  series: readonly { name: string; values: readonly number[] }[]
  /** On top of each other, or side by side. A log axis is for bars side by side: lengths do not add up on it. */
  mode: 'stacked' | 'grouped'
}

const rowGap = 12
const thickness = 20

interface Row {
  category: string
  top: number
  height: number
}

interface Bar {
  tone: string
  from: number
  until: number
  top: number
  height: number
  title: string
}

/** Bars that lie, so that long names keep their place: one row per category. */
export function barPlot(plot: BarPlot): Markup {
  const { categories, series, mode } = plot
  const room = mode === 'stacked' ? thickness : Math.max(thickness, 12 * series.length)
  const rows = categories.map((category, index) => ({
    category,
    top: 8 + index * (room + rowGap),
    height: room,
  }))
  const bottom = 8 + categories.length * (room + rowGap)
  const sums = categories.map((_, index) => series.reduce((all, { values }) => all + (values[index] ?? 0), 0))
  const values = mode === 'stacked' ? sums : series.flatMap((each) => each.values)
  const end = (index: number): string => (mode === 'stacked' ? text(sums[index] ?? 0, plot.value) : '')
  const reserved = Math.max(24, ...categories.map((_, index) => widthOf(end(index)) + 12))
  const left = 12 + Math.min(200, Math.max(40, ...categories.map(widthOf)))
  const area: Area = { left, right: plotWidth - reserved, top: 4, bottom }
  const scale = scaleOf({ axis: plot.value, values, from: left, until: area.right, zero: true })
  const bars = rows.flatMap((row, index) => barsOf(plot, { row, index, scale }))
  const body = html`${gridAcross(scale, area)}${rows.map((row) => name(row, area))}${bars.map(drawn)}${rows.map((row, index) => total(row, scale.place(sums[index] ?? 0), end(index)))}<text class="label end" x="${area.right}" y="${bottom + 36}">${plot.value.label}${plot.value.log === true ? ' (log)' : ''}</text>`
  const legend = series.map((each, index) => ({
    name: each.name,
    tone: seriesTone(index),
    mark: 'area' as const,
  }))
  return figure(plot, { height: bottom + 44, body, legend, table: tableOf(plot) })
}

function barsOf(
  { series, mode, value }: BarPlot,
  { row, index, scale }: { row: Row; index: number; scale: Scale },
): Bar[] {
  const part = row.height / series.length
  let sum = 0
  return series.flatMap((each, number) => {
    const amount = each.values[index] ?? 0
    const start = mode === 'stacked' ? sum : 0
    sum += amount
    if (amount <= 0) return []
    const place =
      mode === 'stacked'
        ? { top: row.top, height: row.height }
        : { top: row.top + number * part, height: part - 1 }
    return [
      {
        ...place,
        tone: seriesTone(number),
        from: scale.place(start),
        until: scale.place(start + amount),
        title: `${row.category}, ${each.name}: ${text(amount, value)}`,
      },
    ]
  })
}

function drawn({ tone, from, until, top, height, title }: Bar): Markup {
  return html`<rect class="area ${tone}" x="${from}" y="${top}" width="${Math.max(0.5, until - from)}" height="${height}"><title>${title}</title></rect>`
}

function name({ category, top, height }: Row, { left }: Area): Markup {
  return html`<text class="end" x="${left - 8}" y="${top + height / 2 + 4}">${fitted(category, left - 10)}</text>`
}

function total({ top, height }: Row, end: number, words: string): Markup {
  if (words === '') return html``
  return html`<text x="${end + 6}" y="${top + height / 2 + 4}">${words}</text>`
}

function tableOf({
  categoryLabel,
  categories,
  series,
  value,
}: BarPlot): Parameters<typeof figure>[1]['table'] {
  return {
    caption: value.label,
    columns: [
      { title: categoryLabel },
      ...series.map((each) => ({ title: each.name, align: 'right' as const })),
    ],
    rows: categories.map((category, index) => [
      category,
      ...series.map(({ values }) => text(values[index] ?? 0, value)),
    ]),
  }
}

function text(amount: number, { format = plain }: Axis): string {
  return format(amount)
}
