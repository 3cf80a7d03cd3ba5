/** `npm run campaign:fit [cases] [first seed]`: our placement against kube-scheduler's, case by case. */
import { fitCase } from './fit-case.ts'
import { type Outcome, runCases } from './fit-run.ts'
import { writeResult } from './result.ts'
import { withSandbox } from './sandbox.ts'

const count = Number(process.argv[2] ?? 500)
const first = Number(process.argv[3] ?? 1)
/** Together they stay below a hundred nodes: beyond that the scheduler looks at a part of them only. */
const atOnce = 6
const began = performance.now()
const outcomes = await withSandbox(async ({ connect }) => {
  const cluster = await connect()
  const done: Outcome[] = []
  for (let seed = first; seed < first + count; seed += atOnce) {
    const seeds = Array.from({ length: Math.min(atOnce, first + count - seed) }, (_, index) => seed + index)
    const outcome = await runCases(cluster, seeds.map(fitCase))
    for (const one of outcome) if (!one.agrees) console.error(JSON.stringify(one))
    done.push(...outcome)
    if (done.length % 60 < atOnce)
      console.error(`${done.length} of ${count}, ${Math.round((performance.now() - began) / 1000)} s`)
  }
  cluster.close()
  return done
})
const agreed = outcomes.filter(({ agrees }) => agrees).length
await writeResult('fit', {
  firstSeed: first,
  cases: outcomes.length,
  agreed,
  agreedPercent: Number(((agreed / outcomes.length) * 100).toFixed(1)),
  fitting: outcomes.filter(({ scheduler }) => scheduler.fits).length,
  differences: outcomes.filter(({ agrees }) => !agrees),
  seconds: Math.round((performance.now() - began) / 1000),
})
if (agreed < outcomes.length * 0.99) process.exitCode = 1
