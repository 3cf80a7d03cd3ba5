import { type Area, gridAcross } from './axes.ts'
import { figure, plotWidth, type PlotHead, seriesTone, type Tone } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { type Axis, type Scale, scaleOf } from './scale.ts'
import { fitted, plain, widthOf } from './words.ts'

export interface Span {
  from: number
  until: number
  /** Written in the bar, or beside it where it does not fit. */
  label?: string
  tone?: Tone
}

export interface TimelinePlot extends PlotHead {
  time: Axis
  /** What the lanes are, such as `Stage`. */
  laneLabel: string
  /** Spans of one lane do not overlap. A gantt has one span per lane; in a waterfall each begins where one ended. */
  lanes: readonly { name: string; spans: readonly Span[] }[]
  /** Instants across all lanes: an objective, today. Named in the legend. */
  limits?: readonly { name: string; at: number; tone?: Tone }[]
}

const laneHeight = 28

/** What happened, or is planned, when: timeline, gantt and waterfall. */
export function timelinePlot(plot: TimelinePlot): Markup {
  const { lanes, limits = [], time } = plot
  const spans = lanes.flatMap((lane) => lane.spans)
  const bottom = 8 + lanes.length * laneHeight
  const left = 12 + Math.min(220, Math.max(40, ...lanes.map(({ name }) => widthOf(name))))
  const area: Area = { left, right: plotWidth - 16, top: 4, bottom }
  const values = [...spans.flatMap(({ from, until }) => [from, until]), ...limits.map(({ at }) => at)]
  const scale = scaleOf({ axis: time, values, from: area.left, until: area.right, zero: false })
  const body = html`${gridAcross(scale, area)}${limits.map(({ at, tone = 'warn' }) => html`<line class="line limit ${tone}" x1="${scale.place(at)}" y1="${area.top}" x2="${scale.place(at)}" y2="${bottom}" />`)}${lanes.map(({ name, spans: own }, index) => laneOf(name, own, { top: 6 + index * laneHeight, tone: seriesTone(0), scale, area }))}<text class="label end" x="${area.right}" y="${bottom + 36}">${time.label}</text>`
  const legend = limits.map(({ name, tone = 'warn' }) => ({
    name,
    tone: `limit ${tone}`,
    mark: 'line' as const,
  }))
  return figure(plot, {
    height: bottom + 44,
    body,
    legend: legend.length === 1 ? [...legend, { name: plot.laneLabel, tone: 's0', mark: 'area' }] : legend,
    table: tableOf(plot),
  })
}

interface LaneFrame {
  top: number
  tone: string
  scale: Scale
  area: Area
}

function laneOf(name: string, spans: readonly Span[], frame: LaneFrame): Markup {
  const { top, area } = frame
  return html`<text class="end" x="${area.left - 8}" y="${top + 15}">${fitted(name, area.left - 10)}</text>${spans.map((span, index) => spanOf(span, frame, neighbours(spans, index, frame)))}`
}

/** Room that a label may take: from the end of the span before to the start of the one after. */
function neighbours(
  spans: readonly Span[],
  index: number,
  { scale, area }: LaneFrame,
): { from: number; until: number } {
  const [before, after] = [spans[index - 1], spans[index + 1]]
  return {
    from: before ? scale.place(before.until) : area.left,
    // Half of a gap belongs to either side.
    until: after ? (scale.place(spans[index]?.until ?? 0) + scale.place(after.from)) / 2 : area.right,
  }
}

function spanOf(
  { from, until, label, tone }: Span,
  frame: LaneFrame,
  room: { from: number; until: number },
): Markup {
  const { top, scale } = frame
  const [start, end] = [scale.place(from), Math.max(scale.place(until), scale.place(from) + 2)]
  const bar = html`<rect class="area ${tone ?? frame.tone}" x="${start}" y="${top}" width="${end - start}" height="20" rx="2"><title>${label ?? ''}</title></rect>`
  if (label === undefined || label === '') return bar
  const width = widthOf(label)
  if (width + 10 <= end - start)
    return html`${bar}<text class="middle inside" x="${(start + end) / 2}" y="${top + 15}">${label}</text>`
  if (end + 6 + width <= room.until) return html`${bar}<text x="${end + 6}" y="${top + 15}">${label}</text>`
  if (start - 6 - width >= room.from)
    return html`${bar}<text class="end" x="${start - 6}" y="${top + 15}">${label}</text>`
  // Nowhere to stand: the table has it.
  return bar
}

function tableOf({
  lanes,
  laneLabel,
  time,
  limits = [],
}: TimelinePlot): Parameters<typeof figure>[1]['table'] {
  const format = time.format ?? plain
  const right = 'right' as const
  return {
    caption: limits.map(({ name, at }) => `${name}: ${format(at)}`).join('; ') || time.label,
    columns: [
      { title: laneLabel },
      { title: 'From', align: right },
      { title: 'Until', align: right },
      { title: 'Length', align: right },
      { title: 'What' },
    ],
    rows: lanes.flatMap(({ name, spans }) =>
      spans.map(({ from, until, label = '' }) => [
        name,
        format(from),
        format(until),
        plain(until - from),
        label,
      ]),
    ),
  }
}
