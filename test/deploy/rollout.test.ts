import { expect, test } from 'vitest'
import type { ClusterResponse, JsonObject, WatchEvent } from '../../src/cluster/cluster.ts'
import { Rollout } from '../../src/deploy/rollout.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import type { WorkloadPlan } from '../../src/platform/region-plan.ts'
import { Duration } from '../../src/units/duration.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { fakeCluster } from './fake-cluster.ts'

const pool = {
  name: 'sfu',
  namespace: 'media',
  workload: 'sfu',
  minimum: 3,
  wait: { create: Duration.seconds(60), update: Duration.seconds(60) },
} as WorkloadPlan

interface Shape {
  generation: number
  replicas: number
  ready: number
}

function deployment({ generation, replicas, ready }: Shape): JsonObject {
  return {
    metadata: { name: 'sfu', namespace: 'media', generation, resourceVersion: String(generation) },
    spec: { replicas },
    status: { observedGeneration: generation, replicas: ready, readyReplicas: ready, updatedReplicas: ready },
  }
}

/** A server that knows one Deployment's count: what is applied to `scale` is the next generation. */
function make(events: () => AsyncIterable<WatchEvent>) {
  const host = new RecorderHost()
  const clock = new ManualClock()
  const controller = new AbortController()
  const cluster = fakeCluster((request): ClusterResponse => {
    if (request.method === 'GET')
      return { status: 200, body: { items: [], metadata: { resourceVersion: '1' } } }
    return { status: 200, body: deployment({ generation: 2, replicas: 3, ready: 0 }) }
  }, events)
  const rollout = new Rollout(
    { region: 'us-east', cluster, pools: [pool] },
    { clock, host, signal: controller.signal },
  )
  return { host, clock, cluster, controller, rollout }
}

test('gives a new workload its minimum, and is ready only with all of it', async () => {
  const { host, cluster, rollout } = make(async function* () {
    yield { type: 'ADDED', object: deployment({ generation: 1, replicas: 1, ready: 0 }) }
    // What was sent before our write: complete, but of the old count.
    yield { type: 'MODIFIED', object: deployment({ generation: 1, replicas: 1, ready: 1 }) }
    yield { type: 'MODIFIED', object: deployment({ generation: 2, replicas: 3, ready: 2 }) }
    yield { type: 'MODIFIED', object: deployment({ generation: 2, replicas: 3, ready: 3 }) }
  })
  rollout.start()
  expect(await rollout.ready()).toMatchObject([{ name: 'sfu', desired: 3, ready: 3 }])
  await rollout.close()
  expect(host.of('deploy.minimum-set')).toEqual([{ pool: 'sfu', replicas: 3 }])
  expect(host.of('deploy.pool').map(({ ready, desired }) => `${ready}/${desired}`)).toEqual([
    '0/3',
    '2/3',
    '3/3',
  ])
  expect(cluster.requests.filter(({ path }) => path.includes('/scale'))).toHaveLength(1)
})

test('names what is missing when the time for the slowest pool has passed', async () => {
  const { clock, rollout } = make(async function* () {
    yield { type: 'ADDED', object: deployment({ generation: 2, replicas: 3, ready: 2 }) }
  })
  const ended = rollout
    .start()
    .ready()
    .catch((error: unknown) => error)
  await clock.advance(60_000)
  const failure = await ended
  expect(failure).toMatchObject({ code: 'OPERATION', region: 'us-east', retryable: true })
  expect(String(failure)).toContain('not ready after 60 s: sfu')
  await rollout.close()
})

test('ends with the reason of the run when that is stopped', async () => {
  const { controller, rollout } = make(async function* () {})
  const ready = rollout.start().ready()
  controller.abort(new Error('stopped'))
  await expect(ready).rejects.toThrow('stopped')
  await rollout.close()
})
