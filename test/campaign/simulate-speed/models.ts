import { Kernel } from '../../../src/simulate/kernel/kernel.ts'
import { streamsOf } from '../../../src/simulate/kernel/streams.ts'
import { runStation } from '../../simulate/queueing/station.ts'
import { runSfu } from './sfu.ts'

export interface Outcome {
  events: number
  /** What the model is about: the mean wait, the mean time to drain. */
  mean?: number
  refused?: number
}

/** One model, once in SimPy and once on the kernel, each with a size at which a run takes a second or so. */
export interface Comparison {
  name: string
  script: string
  /** Arguments of the script, after which comes the seed. */
  size: readonly number[]
  /** The same on the kernel. `times` runs with other seeds, because it takes so much less time. */
  run: (seed: number) => Outcome
  times: number
  /** Times as fast as SimPy, at least. */
  goal: number
}

export function comparisons(share: number): Comparison[] {
  const scaled = (count: number): number => Math.round(count * share)
  return [hold(10_000, scaled(400_000)), station(20, scaled(100_000)), sfu(scaled(100_000))]
}

/** Always so many pending events: what the kernel itself costs. */
function hold(pending: number, events: number): Comparison {
  const holds = (kernel: Kernel, seed: number): ((events: number) => number) => {
    const stream = streamsOf(seed)('hold')
    const handle = (_: number, subject: number): void => {
      kernel.after(stream.exponential(1), 0, subject)
    }
    for (let subject = 0; subject < pending; subject += 1) handle(0, subject)
    return (count) => kernel.run(Infinity, handle, count)
  }
  const run = (seed: number): Outcome => ({ events: holds(new Kernel({ pending }), seed)(events) })
  return {
    name: `hold, ${pending} pending`,
    script: 'hold.py',
    size: [pending, events],
    run,
    times: 10,
    goal: 30,
  }
}

function station(servers: number, customers: number): Comparison {
  const input = { servers, meanGap: 1 / (0.9 * servers), service: exponential }
  const run = (seed: number): Outcome => {
    const { events, meanWait } = runStation(input, { warmUp: 0, customers }, { seed, system: 'mmc' })
    return { events, mean: meanWait }
  }
  return { name: `M/M/${servers}`, script: 'mmc.py', size: [servers, customers], run, times: 10, goal: 10 }
}

function exponential(stream: { exponential: (mean: number) => number }): number {
  return stream.exponential(1)
}

function sfu(interviews: number): Comparison {
  const run = (seed: number): Outcome => runSfu(interviews, seed)
  return { name: 'arrivals, SFU, drain', script: 'sfu.py', size: [interviews], run, times: 10, goal: 10 }
}
