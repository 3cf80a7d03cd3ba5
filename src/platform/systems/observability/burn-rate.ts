import type { Objective } from '../../metrics/objectives.ts'
import type { Rule } from './rule.ts'

/** How fast an error budget of 30 days burns: 14.4 × is 2 % of it in an hour. */
interface Burn {
  factor: number
  long: string
  short: string
  severity: 'page' | 'ticket'
}

/**
 * The multi-window burn rates that site reliability practice settled on: the long window says that it matters, the
 * short one that it still goes on, so that an alert ends soon after its cause.
 */
const burns: readonly Burn[] = [
  { factor: 14.4, long: '1h', short: '5m', severity: 'page' },
  { factor: 6, long: '6h', short: '30m', severity: 'page' },
  { factor: 3, long: '1d', short: '2h', severity: 'ticket' },
  { factor: 1, long: '3d', short: '6h', severity: 'ticket' },
]

const windows = [...new Set(burns.flatMap(({ short, long }) => [short, long]))]

/** Share of events that were not good over a window; no event at all is no number, and alerts on none. */
export function errorRatioName({ name }: Objective, window: string): string {
  return `objective:${name.replaceAll('-', '_')}:error_ratio_rate${window}`
}

export function errorRatioRules(objective: Objective): Rule[] {
  return windows.map((window) => ({
    record: errorRatioName(objective, window),
    expr: `1 - (sum(rate(${objective.good}[${window}])) or 0 * sum(rate(${objective.total}[${window}]))) / sum(rate(${objective.total}[${window}]))`,
  }))
}

export function burnRateAlerts(objective: Objective): Rule[] {
  const budget = (100 - objective.targetPercent) / 100
  return burns.map(({ factor, long, short, severity }) => {
    const threshold = round(factor * budget)
    return {
      alert: 'ErrorBudgetBurns',
      expr: `${errorRatioName(objective, long)} > ${threshold} and ${errorRatioName(objective, short)} > ${threshold}`,
      labels: { severity, objective: objective.name, window: long },
      annotations: {
        summary: `${objective.demand}: the error budget burns ${factor} times as fast as it may`,
        description: `{{ $value | humanizePercentage }} of the events of the last ${long} were not good; ${objective.targetPercent} % have to be.`,
      },
    }
  })
}

/** 14.4 × 0.02 is not 0.288 in binary fractions. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
