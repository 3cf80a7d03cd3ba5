import type { PromoteData } from '../promote/result.ts'
import { gateMarkdown, gateWriter } from './gate.ts'
import type { Writer } from './report.ts'

export const promoteWriter: Writer<PromoteData> = {
  text: (data, style) => `${gateWriter.text(data, style)}\n\n${sentence(data)}`,
  markdown: (data) => `${gateMarkdown(data)}\n\n${sentence(data)}`,
}

function sentence({ to, branch, commit, files, gates }: PromoteData): string {
  if (commit !== null)
    return `committed ${files} files of ${to} to ${branch}: ${commit.slice(0, 12)} (not pushed)`
  const isOpen = gates.every(({ verdict, required }) => verdict === 'allow' || !required)
  return files === 0 && isOpen ? `${to} has it already: nothing to commit` : `nothing was committed for ${to}`
}
