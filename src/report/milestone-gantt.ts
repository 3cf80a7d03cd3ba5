import type { MilestoneView } from '../milestone/view.ts'

const marks = { done: '#', active: '=', planned: '-' } as const
/** Columns of the bars: with title, due month, slack and checks a line has 80. */
const barWidth = 34

/** Draws months as columns; `today` is the month of the look. */
export class Gantt {
  readonly #start: number
  readonly #span: number
  readonly #today: number

  constructor(milestones: readonly MilestoneView[], today: string) {
    const months = milestones.flatMap(({ from, due }) => [monthOf(from), monthOf(due)])
    this.#start = Math.min(...months)
    this.#span = Math.max(1, Math.max(...months) - this.#start)
    this.#today = monthOf(today)
  }

  /** Where years begin: `2025                    2026`. */
  header(): string {
    const first = Math.ceil(this.#start / 12)
    const years = Array.from({ length: Math.floor(this.#span / 12) + 2 }, (_, index) => first + index)
    return years.reduce((text, year) => {
      const at = this.#column(year * 12)
      return at + 4 > barWidth ? text : `${text.slice(0, at)}${year}${text.slice(at + 4)}`
    }, ' '.repeat(barWidth))
  }

  bar({ from, due, state }: MilestoneView): string {
    const begin = Math.min(this.#column(monthOf(from)), barWidth - 1)
    const end = this.#column(monthOf(due))
    const today = this.#column(this.#today)
    return Array.from({ length: barWidth }, (_, at) => {
      if (at >= begin && at < Math.max(end, begin + 1)) return marks[state]
      return at === today ? '|' : '.'
    }).join('')
  }

  /** Says where today is, also where no column shows it. */
  legend(): string {
    const column = this.#column(this.#today)
    const today = column < 0 ? 'before the roadmap' : column >= barWidth ? 'after the roadmap' : '|'
    return `# done  = active  - planned   today: ${today}`
  }

  #column(month: number): number {
    return Math.round(((month - this.#start) / this.#span) * barWidth)
  }
}

/** `2025-07` or `2025-07-24` as months since year 0. */
function monthOf(text: string): number {
  const [year = '0', month = '1'] = text.split('-')
  return Number(year) * 12 + Number(month) - 1
}
