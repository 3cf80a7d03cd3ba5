import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import { regionFolder, sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { recordDecisions } from '../campaign/hpa/record.ts'
import type { Series } from '../campaign/hpa/recording.ts'
import { subjectsOf } from '../campaign/hpa/subjects.ts'
import { differences } from '../simulate/autoscaler/replay.ts'
import { touches } from '../support/touches.ts'
import { type LocalProject, makeLocalProject } from './local-project.ts'

const region = 'us-east'
let project: LocalProject

beforeAll(async () => {
  project = await makeLocalProject()
  await project.up([region], { timeScale: 600 })
})

afterAll(async () => {
  await project.remove()
})

async function record(): Promise<Series[]> {
  const { c } = project
  const { specification } = await loadPlatform({ environment: 'local' }, c)
  const cluster = await connectCluster({
    kubeconfig: sandboxKubeconfig(c.paths),
    context: sandboxContext(region),
  })
  try {
    return await recordDecisions({
      cluster,
      tls: join(regionFolder(c.paths, region), 'tls'),
      controllerPid: await project.pidOf(region, 'kube-controller-manager'),
      subjects: subjectsOf(specification.pools, { variants: 1, seed: 2 }),
      seconds: 20,
    })
  } finally {
    cluster.close()
  }
}

// The whole of it is `npm run campaign:hpa`, whose recording is checked in.
describe('the autoscaler of the simulator beside the real controller', () => {
  it('decides the same, sync by sync, for all six pools', async () => {
    touches('api-server')
    const series = await record()
    const syncs = series.flatMap((one) => one.syncs)
    const different = series.flatMap(differences)
    expect(series).toHaveLength(6)
    // A sync a second for each of the six; on a busy machine fewer.
    expect(syncs.length).toBeGreaterThanOrEqual(30)
    expect(syncs.filter(({ decided, count }) => decided !== count.specReplicas).length).toBeGreaterThan(3)
    expect(different.filter(({ atAnEnd }) => !atAnEnd)).toEqual([])
  })
})
