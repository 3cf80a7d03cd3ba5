/** `npm run campaign:kill [rounds] [seed]`: three kills a round, and what each left for the next command to do. */
import { faultsOf, killOnce, type KillResult, killsOf, seededDelays, targets } from './kill.ts'
import { writeResult } from './result.ts'
import { withSandbox } from './sandbox.ts'

const rounds = Number(process.argv[2] ?? 100)
const seed = Number(process.argv[3] ?? 1)
const began = performance.now()
const results = await withSandbox(async ({ connect, project, region }) => {
  const cluster = await connect()
  const random = seededDelays(seed)
  const done: KillResult[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const kill of killsOf(round, random)) {
      const result = await killOnce({ cluster, project, region }, kill)
      for (const fault of faultsOf(result)) console.error(fault)
      done.push(result)
    }
  }
  cluster.close()
  return done
})
const sum = (count: (result: KillResult) => number): number =>
  results.reduce((total, result) => total + count(result), 0)
const faults = results.flatMap(faultsOf)
await writeResult('kill', {
  seed,
  kills: results.length,
  hits: results.filter(({ hit }) => hit).length,
  byTarget: Object.fromEntries(
    targets.map((target) => [target, results.filter((result) => result.target === target).length]),
  ),
  lost: sum(({ lost }) => lost.length),
  madeAnew: sum(({ replaced }) => replaced.length),
  orphaned: sum(({ orphaned }) => orphaned.length),
  leftovers: sum(({ leftovers }) => leftovers.length),
  manualSteps: sum(({ manual }) => manual.length),
  faults,
  seconds: Math.round((performance.now() - began) / 1000),
})
if (faults.length > 0) process.exitCode = 1
