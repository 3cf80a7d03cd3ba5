import { html, type Markup } from './markup.ts'
import { type Cells, htmlTable } from './table.ts'

/** Width of every plot in its own units; it shrinks with the page down to where its text stays readable. */
export const plotWidth = 720

/** What every plot is told. */
export interface PlotHead {
  /** Unique on the page: letters, digits and dashes. */
  id: string
  title: string
  /** What the plot shows, in a sentence, for those who do not see it. */
  description: string
}

/** Classes of the style sheet: colours of series in their order, or a judgement. */
export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

export interface Legend {
  name: string
  tone: string
  mark: 'line' | 'area'
}

export interface Drawing {
  height: number
  body: Markup
  legend: readonly Legend[]
  table: Cells
}

const colours = 10

export function seriesTone(index: number): string {
  return `s${index % colours}`
}

/** A plot with its title, its legend, and its figures as a table. */
export function figure({ id, title, description }: PlotHead, drawing: Drawing): Markup {
  const { height, body, legend, table } = drawing
  return html`<figure id="${id}"><figcaption>${title}</figcaption>
${legend.length > 1 ? html`<ul class="legend" aria-hidden="true">${legend.map(entry)}</ul>` : undefined}
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><svg viewBox="0 0 ${plotWidth} ${height}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
${body}</svg></div>
<details><summary>Figures: ${title}</summary>${htmlTable(table)}</details></figure>
`
}

function entry({ name, tone, mark }: Legend): Markup {
  const sign =
    mark === 'line'
      ? html`<line class="line ${tone}" x1="1" y1="6" x2="25" y2="6" />`
      : html`<rect class="area ${tone}" x="7" y="0" width="12" height="12" rx="2" />`
  return html`<li><svg width="26" height="12" viewBox="0 0 26 12">${sign}</svg>${name}</li>`
}
