import type { MilestoneCheck } from '../milestone/check.ts'
import type { Milestones, MilestoneView } from '../milestone/view.ts'
import { Gantt } from './milestone-gantt.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'

/** A text gantt of at most 80 columns. */
export const milestoneListWriter: Writer<Milestones> = {
  text({ milestones, today }, style) {
    if (milestones.length === 0) return 'the specification has no milestones'
    const gantt = new Gantt(milestones, today)
    const head = ['', gantt.header(), 'DUE', 'SLACK', 'CHECKS']
    const sections = ['infrastructure', 'capacity'].flatMap((section) => {
      const rows = milestones.filter((milestone) => milestone.section === section)
      return rows.length === 0 ? [] : [style.bold(section), ...rows.map((row) => ganttRow(row, gantt, style))]
    })
    const notes = `SLACK: days from due to the day demand outgrows the capacity before it.`
    return [style.dim(line(head)), ...sections, style.dim(gantt.legend()), style.dim(notes)].join('\n')
  },
  markdown({ milestones }) {
    const rows = milestones.map(
      (row) =>
        `| ${row.id} | ${row.title} | ${row.from} | ${row.due} | ${row.state}${row.late ? ', late' : ''} | ${slack(row)} | ${tally(row.checks)} |`,
    )
    return [
      '| Id | Milestone | From | Due | State | Slack (days) | Checks |',
      '|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n')
  },
}

/** One milestone with its checks. */
export const milestoneCheckWriter: Writer<Milestones> = {
  text: ({ milestones }, style) =>
    milestones
      .map((row) => [headline(row, style), ...row.checks.map((one) => checkText(one, style))].join('\n'))
      .join('\n'),
  markdown: ({ milestones }) =>
    milestones
      .flatMap(({ id, checks }) => [
        `**${id}**`,
        '',
        '| Check | Verdict | Reason | Evidence | Age (days) |',
        '|---|---|---|---|---|',
        ...checks.map(
          (one) =>
            `| ${one.id} | ${one.verdict} | ${one.reason} | ${one.evidence ?? '—'} | ${one.ageDays ?? '—'} |`,
        ),
      ])
      .join('\n'),
}

export function headline(row: Omit<MilestoneView, 'checks'>, style: Style): string {
  const late = row.late ? `  ${style.bad('late')}` : ''
  const demand = row.neededBy === null ? '' : `  needed ${row.neededBy}, slack ${slack(row)} days`
  return `${style.bold(row.id)}  ${row.title}  due ${row.due}  ${row.state}${late}${demand}`
}

export function checkText({ id, verdict, reason, evidence, ageDays }: MilestoneCheck, style: Style): string {
  const paint = { pass: style.good, fail: style.bad, unknown: style.warn, waived: style.warn }[verdict]
  const from =
    evidence === null ? '' : `  ${style.dim(ageDays === 0 ? evidence : `${evidence}, ${ageDays} days`)}`
  return `  ${paint(verdict.padEnd(7))}  ${id.padEnd(16)}  ${reason}${from}`
}

function ganttRow(row: MilestoneView, gantt: Gantt, style: Style): string {
  const text = line([row.title.slice(0, 17), gantt.bar(row), row.due, slack(row), tally(row.checks)])
  return row.late ? style.warn(text) : text
}

/** Title 17, bars 34, due 7, slack 5 and checks 9 columns wide, two spaces between. */
function line([title = '', bar = '', due = '', days = '', checks = '']: readonly string[]): string {
  return [title.padEnd(17), bar, due.padEnd(7), days.padStart(5), checks].join('  ').trimEnd()
}

function slack({ slackDays }: Pick<MilestoneView, 'slackDays'>): string {
  if (slackDays === null) return ''
  return slackDays > 0 ? `+${slackDays}` : String(slackDays)
}

/** `2/4 1x 1?`: passed of all, failed, unknown, and with a w waived. */
function tally(checks: readonly MilestoneCheck[]): string {
  const count = (verdict: string): number => checks.filter((one) => one.verdict === verdict).length
  const some = (many: number, mark: string): string[] => (many === 0 ? [] : [`${many}${mark}`])
  return [
    `${count('pass')}/${checks.length}`,
    ...some(count('fail'), 'x'),
    ...some(count('unknown'), '?'),
    ...some(count('waived'), 'w'),
  ].join(' ')
}
