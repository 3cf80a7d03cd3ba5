import type { MilestoneExplanation } from '../milestone/explain.ts'
import { checkText, headline } from './milestone.ts'
import type { Writer } from './report.ts'

export const milestoneExplanationWriter: Writer<MilestoneExplanation> = {
  text(told, style) {
    const checks = told.checks.flatMap((check) => [
      checkText(check, style),
      `           ${check.asks}`,
      ...(check.verdict === 'pass' ? [] : [`           next: ${check.next}`]),
    ])
    return [headline(told, style), style.dim(`from ${told.source}`), ...demand(told), ...checks].join('\n')
  },
}

function demand({ concurrentInterviews, demandWhenDue }: MilestoneExplanation): string[] {
  if (concurrentInterviews === null) return []
  const expected =
    demandWhenDue === null
      ? 'outside the growth table'
      : `${demandWhenDue.toLocaleString('en-US')} expected by then`
  return [`promises ${concurrentInterviews.toLocaleString('en-US')} interviews at once, ${expected}`]
}
