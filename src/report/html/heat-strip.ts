import { gridAcross, type Area } from './axes.ts'
import { figure, plotWidth, type PlotHead } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { type Axis, scaleOf } from './scale.ts'
import { fitted, plain, widthOf } from './words.ts'

export interface HeatStrip extends PlotHead {
  /** What the columns are; ticks or a format name them. Column n lies at n. */
  x: Axis
  value: Axis
  rowLabel: string
  /** Null for what is not known, which is drawn empty. */
  rows: readonly { name: string; values: readonly (number | null)[] }[]
}

const rowHeight = 24
/** Steps of the one colour, from faint to full; the style sheet knows as many. */
const steps = 6

/** One row of cells per name, darker where the value is larger. */
export function heatStrip(plot: HeatStrip): Markup {
  const { rows, x, value } = plot
  const columns = Math.max(1, ...rows.map(({ values }) => values.length))
  const bottom = 8 + rows.length * rowHeight
  const left = 12 + Math.min(220, Math.max(40, ...rows.map(({ name }) => widthOf(name))))
  const area: Area = { left, right: plotWidth - 16, top: 4, bottom }
  const known = rows.flatMap(({ values }) => values.filter((one) => one !== null))
  const [low, high] = value.range ?? [Math.min(0, ...known), Math.max(1e-9, ...known)]
  const stepOf = (one: number): number =>
    Math.min(steps - 1, Math.max(0, Math.floor(((one - low) / (high - low)) * steps)))
  const scale = scaleOf({
    axis: { ...x, range: [0, columns] },
    values: [],
    from: left,
    until: area.right,
    zero: true,
  })
  const format = value.format ?? plain
  const cell = (one: number | null, column: number, top: number): Markup => {
    const [from, until] = [scale.place(column), scale.place(column + 1)]
    return html`<rect class="${one === null ? 'unknown' : `heat h${stepOf(one)}`}" x="${from}" y="${top}" width="${until - from}" height="${rowHeight - 4}"><title>${one === null ? 'not known' : format(one)}</title></rect>`
  }
  const body = html`${gridAcross(scale, area)}${rows.map(({ name, values }, index) => html`<text class="end" x="${left - 8}" y="${8 + index * rowHeight + 13}">${fitted(name, left - 10)}</text>${values.map((one, column) => cell(one, column, 6 + index * rowHeight))}`)}<text class="label end" x="${area.right}" y="${bottom + 36}">${x.label}</text>`
  const width = (high - low) / steps
  const legend = Array.from({ length: steps }, (_, step) => ({
    name: `${format(low + step * width)} to ${format(low + (step + 1) * width)}`,
    tone: `heat h${step}`,
    mark: 'area' as const,
  }))
  return figure(plot, {
    height: bottom + 44,
    body,
    legend,
    table: {
      caption: value.label,
      columns: [
        { title: plot.rowLabel },
        ...Array.from({ length: columns }, (_, at) => ({ title: titleOf(x, at), align: 'right' as const })),
      ],
      rows: rows.map(({ name, values }) => [
        name,
        ...values.map((one) => (one === null ? '-' : format(one))),
      ]),
    },
  })
}

function titleOf({ ticks, format = plain }: Axis, at: number): string {
  return ticks?.find((tick) => tick.at === at)?.label ?? format(at)
}
