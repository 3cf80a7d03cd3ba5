import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import type { Writer } from '../report/report.ts'

/** What a review reads: a terminal, a comment, a test report. */
const reviewFormats = ['text', 'markdown', 'junit'] as const

export const treeFlags = {
  out: Flags.string({
    summary: 'The folder of the rendered tree; gitops.folder and the environment without it.',
    helpValue: 'DIR',
    env: 'IV_OUT',
    parse: (input) => Promise.resolve(resolve(input)),
  }),
}

/** What looks at a change before it goes on has in common. */
export const reviewFlags = {
  ...treeFlags,
  against: Flags.string({
    summary: 'Where the change starts: a branch, tag or commit.',
    helpValue: 'REF',
    default: 'HEAD',
    env: 'IV_AGAINST',
  }),
  format: Flags.option({ summary: 'How a review shows it.', options: reviewFormats, env: 'IV_FORMAT' })(),
}

/** The writer that prints what `--format` asks for, whatever `--output` says; JSON stays JSON. */
export function reviewWriter<D>(
  writer: Writer<D>,
  format: (typeof reviewFormats)[number] | undefined,
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
