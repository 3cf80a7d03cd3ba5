/**
 * `npm run bench [sizes]`: the same objects through `iv`'s engine and through kubectl, one after the other in the
 * same sandbox. Fails where a ratio is worse than the checked-in one by more than 15 %; `--write` makes the run the
 * new baseline. Machines and pods are simulated, API server and engine are real.
 */
import { readFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { kubectls, ours, type Times } from './bench/sides.ts'
import { writeResult } from './result.ts'
import { withSandbox } from './sandbox.ts'

interface Row {
  objects: number
  iv: Times
  kubectl: Times
  ratios: Times
  loadAverage: number
}

const allowed = 1.15
const goals: Times = { create: 1, preview: 3, unchanged: 4, destroy: 0.3 }
const growthGoal = 11
const steps = ['create', 'preview', 'unchanged', 'destroy'] as const

const write = process.argv.includes('--write')
const sizes = (process.argv.slice(2).find((arg) => /^[\d,]+$/.test(arg)) ?? '120,400,1200')
  .split(',')
  .map(Number)

const each = (value: (step: (typeof steps)[number]) => number): Times => {
  const rounded = (step: (typeof steps)[number]): number => Math.round(value(step) * 100) / 100
  return {
    create: rounded('create'),
    preview: rounded('preview'),
    unchanged: rounded('unchanged'),
    destroy: rounded('destroy'),
  }
}

const rows = await withSandbox(async ({ project, region }) => {
  const done: Row[] = []
  for (const objects of sizes) {
    const iv = await ours(project, region, objects)
    const kubectl = await kubectls(project, region, objects)
    const [load = 0] = loadavg()
    const row = {
      objects,
      iv: each((step) => iv[step]),
      kubectl: each((step) => kubectl[step]),
      ratios: each((step) => iv[step] / kubectl[step]),
      loadAverage: Math.round(load * 10) / 10,
    }
    console.error(JSON.stringify(row))
    done.push(row)
  }
  return done
})
const first = rows.at(0)
const last = rows.at(-1)
const growth = first && last ? Math.round((last.iv.create / first.iv.create) * 100) / 100 : null
const missed = rows.flatMap(({ objects, ratios }) =>
  steps.flatMap((step) =>
    ratios[step] > goals[step] ? [`${objects} ${step}: ${ratios[step]} × kubectl, goal ${goals[step]}`] : [],
  ),
)
const baseline = await readFile(join(import.meta.dirname, 'results', 'bench.json'), 'utf8')
  .then((text) => (JSON.parse(text) as { rows: Row[] }).rows)
  .catch(() => [])
const worse = rows.flatMap(({ objects, ratios }) => {
  const before = baseline.find((row) => row.objects === objects)
  return steps.flatMap((step) =>
    before && ratios[step] > before.ratios[step] * allowed
      ? [`${objects} ${step}: ${ratios[step]} × kubectl, was ${before.ratios[step]}`]
      : [],
  )
})
const result = { goals, growthGoal, growth, rows, missed, worse }
if (write) await writeResult('bench', result)
else console.log(JSON.stringify(result, undefined, 2))
if (worse.length > 0 && !write) process.exitCode = 1
