import { expect, it } from 'vitest'
import { Kernel } from '../../src/simulate/kernel/kernel.ts'
import { streamsOf } from '../../src/simulate/kernel/streams.ts'
import { run } from '../../src/simulate/model/run.ts'
import { inputOf } from './support.ts'

/** Processor seconds: what other programs of the machine take does not count. */
function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** The bare kernel: 10,000 pending events, each replaced by another. */
function hold(events: number): number {
  const kernel = new Kernel({ pending: 16_384 })
  const stream = streamsOf(1)('hold')
  for (let subject = 0; subject < 10_000; subject += 1) kernel.schedule(stream.uniform(), 0, subject)
  return cpuSeconds(() => {
    kernel.run(Number.MAX_VALUE, (_, subject) => void kernel.after(stream.uniform(), 0, subject), events)
  })
}

it('an event of the full model costs at most 3.5 of the bare kernel, which is 2 million a second at its 7', async () => {
  const input = await inputOf('peak_load_1000', { set: ['scenario.ramp.4.until=31m', 'scenario.until=31m'] })
  const control = hold(1_000_000) / 1_000_000
  let events = 0
  const seconds = cpuSeconds(() => {
    events = run(input).handled
  })
  expect(events).toBeGreaterThan(1_500_000)
  expect(seconds / events / control).toBeLessThan(3.5)
}, 60_000)
