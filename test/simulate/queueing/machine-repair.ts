import { Kernel } from '../../../src/simulate/kernel/kernel.ts'
import { Servers } from '../../../src/simulate/kernel/servers.ts'
import { streamsOf } from '../../../src/simulate/kernel/streams.ts'
import { TimeAverage } from '../../../src/simulate/kernel/time-average.ts'
import type { Run } from './station.ts'

export interface Workshop {
  machines: number
  repairers: number
  /** Mean time to failure, in mean repair times; both are exponential. */
  life: number
}

const failure = 1
const repair = 2

/** One run of the machine-repair model (M/M/r//N), all machines up at first: the mean number that is down. */
export function runWorkshop(workshop: Workshop, time: { warmUp: number; until: number }, run: Run): number {
  const kernel = new Kernel()
  const streams = streamsOf(run.seed)
  const lives = streams(`${run.system}/life`)
  const repairs = streams(`${run.system}/repair`)
  const repairers = new Servers({ count: workshop.repairers })
  const down = new TimeAverage()
  for (let machine = 0; machine < workshop.machines; machine += 1) {
    kernel.after(lives.exponential(workshop.life), failure, machine)
  }
  const handle = (type: number, machine: number): void => {
    if (type === failure) {
      down.add(kernel.now, 1)
      if (repairers.admit(kernel.now, machine) === 'served') {
        kernel.after(repairs.exponential(1), repair, machine)
      }
      return
    }
    down.add(kernel.now, -1)
    kernel.after(lives.exponential(workshop.life), failure, machine)
    const next = repairers.release(kernel.now)
    if (next >= 0) kernel.after(repairs.exponential(1), repair, next)
  }
  kernel.run(time.warmUp, handle)
  down.restart(kernel.now)
  kernel.run(time.until, handle)
  return down.mean(kernel.now) ?? 0
}
