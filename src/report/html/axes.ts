import { plotWidth } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { type Axis, type Scale, type ScaleInput, scaleOf } from './scale.ts'
import { widthOf } from './words.ts'

/** The rectangle in which a plot is drawn. */
export interface Area {
  left: number
  right: number
  top: number
  bottom: number
}

export interface Frame {
  area: Area
  x: Scale
  y: Scale
  /** Axes, grid and labels, to be drawn first. */
  back: Markup
}

type Side = Pick<ScaleInput, 'axis' | 'values' | 'zero'>

/** Two axes with values on both. The room at the left is what the labels there take. */
export function frameOf({ x: across, y: up, height }: { x: Side; y: Side; height: number }): Frame {
  const top = 24
  const bottom = height - 42
  const y = scaleOf({ ...up, from: bottom, until: top })
  const left = 14 + Math.max(0, ...y.ticks.map(({ label }) => widthOf(label)))
  const area = { left, right: plotWidth - 16, top, bottom }
  const x = scaleOf({ ...across, from: area.left, until: area.right })
  const back = html`${gridUp(y, area)}${gridAcross(x, area)}${labels(across.axis, up.axis, area)}`
  return { area, x, y, back }
}

/** Lines across the area at the ticks of the axis at its left. */
export function gridUp(y: Scale, { left, right }: Area): Markup {
  return html`${y.ticks.map(({ at, label }) => {
    const place = y.place(at)
    return html`<line class="grid" x1="${left}" y1="${place}" x2="${right}" y2="${place}" /><text class="end" x="${left - 6}" y="${place + 4}">${label}</text>`
  })}`
}

/** Ticks below the area; of labels that would touch, the later ones are left out. */
export function gridAcross(x: Scale, { left, right, top, bottom }: Area): Markup {
  let taken = Number.NEGATIVE_INFINITY
  return html`<line class="axis" x1="${left}" y1="${bottom}" x2="${right}" y2="${bottom}" />${x.ticks.map(
    ({ at, label }) => {
      const place = x.place(at)
      const half = widthOf(label) / 2
      const middle = Math.min(Math.max(place, half), plotWidth - half)
      const line = html`<line class="grid" x1="${place}" y1="${top}" x2="${place}" y2="${bottom + 4}" />`
      if (middle - half < taken + 6) return line
      taken = middle + half
      return html`${line}<text class="middle" x="${middle}" y="${bottom + 18}">${label}</text>`
    },
  )}`
}

function labels(across: Axis, up: Axis, { right, bottom }: Area): Markup {
  return html`<text class="label" x="2" y="12">${up.label}${up.log === true ? ' (log)' : ''}</text><text class="label end" x="${right}" y="${bottom + 36}">${across.label}${across.log === true ? ' (log)' : ''}</text>`
}
