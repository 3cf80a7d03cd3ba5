import { html, Markup } from './markup.ts'
import { styleSheet } from './style-sheet.ts'

export interface Page {
  title: string
  /** One sentence below the title: what was asked, and the answer. */
  lead: string
  /** The figures that matter most, at most eight. */
  facts?: readonly { name: string; value: string }[]
  sections: readonly { title: string; body: readonly Markup[] }[]
  /** Where the figures come from: versions, digests, dates, what is simulated. */
  footer: readonly string[]
}

/**
 * A page in one file: no script, nothing that is fetched, and a policy that lets a browser fetch nothing. The same
 * input gives the same bytes.
 */
export function page({ title, lead, facts = [], sections, footer }: Page): string {
  const body = html`<main><h1>${title}</h1>
<p class="lead">${lead}</p>
${facts.length === 0 ? undefined : html`<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`}
${sections.map(
  (section) => html`<section><h2>${section.title}</h2>
${section.body}</section>
`,
)}<footer>${footer.map((line) => html`<p>${line}</p>`)}</footer></main>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,"><title>${html`${title}`.text}</title><style>${styleSheet}</style></head>
<body>${body.text}</body></html>
`
}

/** A paragraph; with a tone it stands out. */
export function note(text: string, tone: 'good' | 'warn' | 'bad' | 'neutral' = 'neutral'): Markup {
  return html`<p class="note ${tone}">${text}</p>`
}
