/**
 * `npm run campaign:hpa [seconds]`: decisions of the real autoscaler controller for all six pools, to hold the
 * simulator's against.
 */
import { join } from 'node:path'
import { regionFolder } from '../../src/sandbox/places.ts'
import { readSandbox } from '../../src/sandbox/read.ts'
import { componentOf } from '../../src/sandbox/record.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { differences } from '../simulate/autoscaler/replay.ts'
import { kindsOf, writeSeries } from './hpa/recording.ts'
import { recordDecisions } from './hpa/record.ts'
import { subjectsOf } from './hpa/subjects.ts'
import { writeResult } from './result.ts'
import { withSandbox } from './sandbox.ts'

const seconds = Number(process.argv[2] ?? 150)
const seed = 1
const series = await withSandbox(async ({ project, region, connect }) => {
  const c = testCollaborators(project, { environment: process.env })
  const { specification } = await loadPlatform({ environment: 'local' }, c)
  const record = await readSandbox(c.paths)
  const found = record?.regions.find(({ name }) => name === region)
  if (!found) throw new Error(`no region ${region}`)
  const cluster = await connect()
  try {
    return await recordDecisions({
      cluster,
      tls: join(regionFolder(c.paths, region), 'tls'),
      controllerPid: componentOf(found, 'kube-controller-manager').process?.pid ?? 0,
      subjects: subjectsOf(specification.pools, { variants: 2, seed }),
      seconds,
    })
  } finally {
    cluster.close()
  }
})
const decisions = series.reduce((sum, { syncs }) => sum + syncs.length, 0)
const different = series.flatMap(differences)
const unexplained = different.filter(({ atAnEnd }) => !atAnEnd)
const controller =
  'kube-controller-manager 1.35.4, sync period 1 s, windows and periods a fifteenth of the platform’s'
await writeResult('hpa-decisions', {
  controller,
  seed,
  decisions,
  ...kindsOf(series),
  differentAtTheEndOfAWindow: different.length - unexplained.length,
  different: unexplained.length,
  series: series.map(writeSeries),
})
for (const { text, atAnEnd } of different)
  console.log(atAnEnd ? 'at the end of a window:' : 'different:', text)
const { acted, held, limited } = kindsOf(series)
if (unexplained.length > 0 || Math.min(acted, held, limited) < 50 || decisions < 200) process.exitCode = 1
