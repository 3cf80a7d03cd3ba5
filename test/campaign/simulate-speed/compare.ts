import type { Comparison } from './models.ts'
import { runSimpy } from './simpy.ts'

export interface Compared {
  name: string
  goal: number
  /** Times as fast as SimPy, in processor time: the median of the rounds. */
  ratio: number
  /** The kernel's events per second of processor time, and SimPy's: medians. */
  eventsPerSecond: number
  simpyEventsPerSecond: number
  /** How much the event counts of a run differ, of the larger. */
  eventsDiffer: number
  /** The figure that the model is about, from both. */
  means: { kernel: number; simpy: number } | undefined
}

/**
 * Both in turn, `rounds` times, in one run. Processor time and not time on the clock, because other work on the
 * machine must not decide who is faster.
 */
export function compare(comparison: Comparison, rounds: number): Compared {
  const { name, goal, script, size, run, times } = comparison
  run(1)
  const measured = Array.from({ length: rounds }, (_, round) => {
    const simpy = runSimpy(script, size, round + 1)
    const before = process.cpuUsage()
    const outcomes = Array.from({ length: times }, (__, turn) => run(round * times + turn + 1))
    const { user, system } = process.cpuUsage(before)
    const events = outcomes.reduce((sum, outcome) => sum + outcome.events, 0)
    const means = outcomes.map(({ mean }) => mean ?? 0)
    return {
      kernel: events / ((user + system) / 1e6),
      simpy: simpy.events / simpy.cpuSeconds,
      events: events / times,
      simpyEvents: simpy.events,
      mean: means.reduce((sum, mean) => sum + mean, 0) / times,
      simpyMean: simpy.mean,
    }
  })
  const middle = (pick: (one: (typeof measured)[number]) => number): number =>
    measured.map(pick).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
  const average = (pick: (one: (typeof measured)[number]) => number): number =>
    measured.reduce((sum, one) => sum + pick(one), 0) / rounds
  const [kernelEvents, simpyEvents] = [average((one) => one.events), average((one) => one.simpyEvents)]
  const hasMean = measured.every(({ simpyMean }) => simpyMean !== undefined)
  return {
    name,
    goal,
    ratio: middle((one) => one.kernel / one.simpy),
    eventsPerSecond: middle((one) => one.kernel),
    simpyEventsPerSecond: middle((one) => one.simpy),
    eventsDiffer: Math.abs(kernelEvents - simpyEvents) / Math.max(kernelEvents, simpyEvents),
    means: hasMean
      ? { kernel: average((one) => one.mean), simpy: average((one) => one.simpyMean ?? 0) }
      : undefined,
  }
}
