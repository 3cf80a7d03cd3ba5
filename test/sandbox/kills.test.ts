import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { connectCluster } from '../../src/cluster/connect.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { faultsOf, killOnce, killsOf, seededDelays } from '../campaign/kill.ts'
import { touches } from '../support/touches.ts'
import { type LocalProject, makeLocalProject } from './local-project.ts'

/** Kills at seeded instants: after the next command cluster and state agree, nothing was made twice, no lock is left. */

const region = 'us-east'
let project: LocalProject
let cluster: Cluster

beforeAll(async () => {
  project = await makeLocalProject()
  await project.up([region], { timeScale: 600 })
  cluster = await connectCluster({
    kubeconfig: sandboxKubeconfig(project.c.paths),
    context: sandboxContext(region),
  })
})
afterAll(async () => {
  cluster?.close()
  await project.remove()
})

let hits = 0
const random = seededDelays(20_261_124)
const rounds = Array.from({ length: 6 }, (_, round) => killsOf(round, random))

test.each(rounds.map((kills, round) => ({ round, kills })))(
  'round $round: a create, an update and a destroy that are cut are gone on from with no hand work',
  async ({ kills }) => {
    touches('engine', 'api-server')
    for (const kill of kills) {
      const result = await killOnce({ cluster, project: project.c.paths.project, region }, kill)
      expect(faultsOf(result)).toEqual([])
      if (result.hit) hits += 1
    }
  },
)

test('a create that is cut can be taken away whole, also what was never recorded', async () => {
  touches('engine', 'api-server')
  const kill = { phase: 'create', target: 'both', delayMs: 150, next: 'destroy' } as const
  const result = await killOnce({ cluster, project: project.c.paths.project, region }, kill)
  expect(faultsOf(result)).toEqual([])
  expect(result.hit).toBe(true)
})

test('and most of the kills came while something was under way', () => {
  expect(hits).toBeGreaterThanOrEqual(12)
})
