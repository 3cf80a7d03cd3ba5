/** `npm run bench:simulate [rounds]`: the kernel beside SimPy on the same models, in turn in one run. */
import { compare } from './simulate-speed/compare.ts'
import { comparisons } from './simulate-speed/models.ts'
import { simpyVersion } from './simulate-speed/simpy.ts'
import { writeResult } from './result.ts'

const rounds = Number(process.argv[2] ?? 5)
const kernelGoal = 8e6
const compared = comparisons(1).map((comparison) => compare(comparison, rounds))
await writeResult('simulate-speed', {
  simpy: simpyVersion,
  rounds,
  time: 'processor time of both, medians of the rounds',
  compared: compared.map(({ ratio, eventsPerSecond, simpyEventsPerSecond, ...rest }) => ({
    ...rest,
    ratio: Number(ratio.toFixed(1)),
    eventsPerSecond: Math.round(eventsPerSecond),
    simpyEventsPerSecond: Math.round(simpyEventsPerSecond),
  })),
})
const isSlow =
  compared.some(({ ratio, goal }) => ratio < goal) || (compared[0]?.eventsPerSecond ?? 0) < kernelGoal
const isOther = compared.some(({ eventsDiffer }) => eventsDiffer > 0.001)
if (isSlow || isOther) process.exitCode = 1
