/** `npm run campaign:lock [races]`: races for one Lease on a real API server; never may two have it. */
import { raceForLock } from './lock-race.ts'
import { writeResult } from './result.ts'
import { withSandbox } from './sandbox.ts'

const races = Number(process.argv[2] ?? 10_000)
const contenders = 4
const began = performance.now()
const result = await withSandbox(async ({ connect }) => {
  const clusters = await Promise.all(Array.from({ length: contenders }, connect))
  const raced = await raceForLock(clusters, { races, stack: 'campaign' })
  for (const cluster of clusters) cluster.close()
  return raced
})
const seconds = Math.round((performance.now() - began) / 1000)
await writeResult('lock', { contenders, ...result, seconds })
if (result.overlaps + result.repeatedNumbers > 0) process.exitCode = 1
