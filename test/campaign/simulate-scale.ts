/**
 * The speed of the simulator, beside the kernel's own speed in the same run: `npm run campaign:simulate-scale`.
 * Processor time is what is compared with the goals: a machine that is shared makes wall time longer.
 * `node test/campaign/simulate-scale.ts 15` cuts every run at 15 of its 35 minutes, where the ramp is at its top.
 */
import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { Kernel } from '../../src/simulate/kernel/kernel.ts'
import { streamsOf } from '../../src/simulate/kernel/streams.ts'
import { run } from '../../src/simulate/model/run.ts'
import { Duration } from '../../src/units/duration.ts'
import { inputOf } from '../simulate/support.ts'

const sizes = [1000, 10_000, 100_000]
const minutes = Number(process.argv[2] ?? 35)

interface Row {
  interviews: number
  events: number
  wallSeconds: number
  cpuSeconds: number
  millionEventsPerCpuSecond: number
  nanosecondsPerEvent: number
  peakMemoryMiB: number
}

/** The peak of the document with more interviews, and pools that may grow as far as that needs. */
function settings(interviews: number): string[] {
  const part = interviews / 1000
  const step = (from: string, until: string, counts: readonly [number, number]) =>
    `{from: ${from}, until: ${until}, startInterviews: ${counts[0] * part}, endInterviews: ${counts[1] * part}}`
  const ramp = [
    step('0s', '5m', [0, 200]),
    step('5m', '10m', [200, 500]),
    step('10m', '15m', [500, 1000]),
    step('15m', '30m', [1000, 1000]),
    step('30m', '35m', [1000, 0]),
  ]
  const maxima = ['sfu', 'asr', 'tts', 'llm', 'evaluation', 'api'].map(
    (pool) => `pools.${pool}.instances.maximum=${100 * interviews}`,
  )
  return [
    `scenario.interviews=${interviews}`,
    `scenario.ramp=[${ramp.join(', ')}]`,
    'scenario.abort=[]',
    'simulate.calendarLeadSeconds=600',
    ...maxima,
  ]
}

async function measure(interviews: number): Promise<Row> {
  const input = await inputOf('peak_load_1000', { set: settings(interviews) })
  input.scenario.until = Duration.seconds(minutes * 60)
  const began = performance.now()
  const cpu = process.cpuUsage()
  const { handled } = run(input)
  const { user, system } = process.cpuUsage(cpu)
  const cpuSeconds = (user + system) / 1e6
  return {
    interviews,
    events: handled,
    wallSeconds: round((performance.now() - began) / 1000),
    cpuSeconds: round(cpuSeconds),
    millionEventsPerCpuSecond: round(handled / cpuSeconds / 1e6),
    nanosecondsPerEvent: Math.round((cpuSeconds / handled) * 1e9),
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

/** The hold model: 10,000 pending events, each replaced by another when it is due. */
function control(): number {
  const kernel = new Kernel({ pending: 16_384 })
  const stream = streamsOf(1)('hold')
  for (let subject = 0; subject < 10_000; subject += 1) kernel.schedule(stream.uniform(), 0, subject)
  const cpu = process.cpuUsage()
  const handled = kernel.run(
    Number.MAX_VALUE,
    (_, subject) => void kernel.after(stream.uniform(), 0, subject),
    4_000_000,
  )
  const { user, system } = process.cpuUsage(cpu)
  return round(handled / (user + system))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

const before = control()
const rows: Row[] = []
for (const interviews of sizes) {
  // The first run warms the compiler up, as the second run of a process would find it.
  if (rows.length === 0) await measure(interviews)
  rows.push(await measure(interviews))
  console.log(rows.at(-1))
}
const result = {
  what: 'peak_load_1000, scaled, seed 1, calendar lead 600 s',
  virtualMinutes: minutes,
  node: process.version,
  cores: cpus().length,
  loadAverage: loadavg().map(round),
  kernelControl: {
    unit: 'million events per CPU second, hold model, 10,000 pending',
    before,
    after: control(),
  },
  rows,
  costRatio: round((rows.at(-1)?.nanosecondsPerEvent ?? 0) / (rows[0]?.nanosecondsPerEvent ?? 1)),
}
console.log(result)
const file = join(import.meta.dirname, 'results', 'simulate-scale.json')
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`)
