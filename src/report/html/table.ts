import { html, type Markup } from './markup.ts'

export interface Cells {
  columns: readonly { title: string; align?: 'left' | 'right' }[]
  /** The first cell of a row names it. */
  rows: readonly (readonly string[])[]
  caption?: string
}

/** A table that scrolls inside itself where the page is too narrow for it. */
export function htmlTable({ columns, rows, caption }: Cells): Markup {
  const side = (index: number): string => (columns[index]?.align === 'right' ? 'right' : 'left')
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption ?? columns[0]?.title ?? 'table'}"><table>${
    caption === undefined ? undefined : html`<caption>${caption}</caption>`
  }<thead><tr>${columns.map(
    ({ title }, index) => html`<th scope="col" class="${side(index)}">${title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) =>
        index === 0
          ? html`<th scope="row" class="${side(index)}">${cell}</th>`
          : html`<td class="${side(index)}">${cell}</td>`,
      )}</tr>
`,
  )}</tbody></table></div>`
}
