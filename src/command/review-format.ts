import type { Writer } from '../report/report.ts'

/** What a review reads: a terminal, a comment, a test report. */
export const reviewFormats = ['text', 'markdown', 'junit'] as const
export type ReviewFormat = (typeof reviewFormats)[number]

/** The writer that prints what `--format` asks for, whatever `--output` says; JSON stays JSON. */
export function reviewWriter<D>(
  writer: Writer<D>,
  format: ReviewFormat | undefined,
  documents: { markdown: (data: D) => string; junit: (data: D) => string },
): Writer<D> {
  const { markdown, junit } = documents
  if (format === 'markdown') return { text: markdown, wide: markdown, markdown }
  if (format === 'junit') {
    const text = (data: D): string => junit(data).trimEnd()
    return { text, wide: text, markdown: text }
  }
  return { ...writer, markdown }
}
