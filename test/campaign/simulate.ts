/** `npm run campaign:simulate [length]`: the whole grid of queueing systems with a closed form, seeds 1…30. */
import { coverageOf, estimate, seeds } from '../simulate/queueing/coverage.ts'
import { grid } from '../simulate/queueing/grid.ts'
import { writeResult } from './result.ts'

const length = Number(process.argv[2] ?? 10)
const began = performance.now()
const estimates = grid.map((point) => estimate(point, length))
const seconds = Math.round((performance.now() - began) / 1000)
const coverage = coverageOf(estimates)
const points = estimates.map(({ name, exact, mean, z, error, covered }) => ({
  name,
  exact: Number(exact.toPrecision(6)),
  mean: Number(mean.toPrecision(6)),
  errorPercent: Number((100 * error).toFixed(3)),
  z: Number(z.toFixed(2)),
  covered,
}))
const seedsUsed = `${seeds[0]}…${seeds.at(-1)}`
await writeResult('simulate', { seeds: seedsUsed, length, ...coverage, seconds, points })
const { covered, largestZ, meanError } = coverage
if (covered < 52 || largestZ > 4 || Math.abs(meanError) > 0.005) process.exitCode = 1
