import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { autoscalingLayout } from '../../src/sandbox/autoscaling/layout.ts'
import { targetsFolder } from '../../src/sandbox/autoscaling/files.ts'
import type { ScalePool, ScaleRegion } from '../../src/report/scale.ts'
import { regionFolder } from '../../src/sandbox/places.ts'
import { inTime } from '../support/figures.ts'
import { touches } from '../support/touches.ts'
import { type LocalProject, makeLocalProject } from './local-project.ts'
import { kubectlIn, runIn } from './region-commands.ts'

/** The loop as it runs in production: exporter, Prometheus, KEDA, autoscaler, scheduler, Karpenter. Pods are played. */

const region = 'us-east'
const waitsMs = 150_000
let project: LocalProject
let exporter: Server
/** What the played workers say: series with its labels, and its value. */
const metrics = new Map<string, number>()
const pendingOfAsr = 'iv_pool_pending{namespace="interview-speech",pool="asr"}'

const kubectl = (...args: string[]): Promise<string> => kubectlIn(project, region, ...args)

beforeAll(async () => {
  project = await makeLocalProject()
  exporter = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end([...metrics].map(([series, value]) => `${series} ${value}\n`).join(''))
  })
  await new Promise<void>((listening) => exporter.listen(0, '127.0.0.1', listening))
  metrics.set(pendingOfAsr, 7)
  await project.up([region], { timeScale: 600, with: ['autoscaling'] })
  const found = (await project.record()).regions.find(({ name }) => name === region)
  if (!found) throw new Error('the region is not in the record')
  const layout = autoscalingLayout(found, regionFolder(project.c.paths, region))
  const { port } = exporter.address() as AddressInfo
  await writeFile(
    join(targetsFolder(layout), 'workers.json'),
    JSON.stringify([{ targets: [`127.0.0.1:${port}`] }]),
  )
})
afterAll(async () => {
  exporter?.close()
  await project.remove()
})

interface Autoscaler {
  spec: { scaleTargetRef: { name: string } }
  status: {
    currentReplicas?: number
    desiredReplicas: number
    currentMetrics?: ({ external?: { current: { value?: string } } } | null)[]
  }
}

async function autoscalerOf(pool: string): Promise<Autoscaler | undefined> {
  touches('api-server')
  const { items } = JSON.parse(await kubectl('-n', 'interview-speech', 'get', 'hpa', '-o', 'json')) as {
    items: Autoscaler[]
  }
  return items.find(({ spec }) => spec.scaleTargetRef.name === pool)
}

async function decisionOn(pool: string): Promise<ScalePool | undefined> {
  const { json } = await runIn(project, region, 'scale', 'get')
  const [seen] = json.data['regions'] as ScaleRegion[]
  return seen?.pools.find((row) => row.pool === pool)
}

const readyOf = async (pool: string): Promise<number> =>
  Number(
    await kubectl(
      '-n',
      'interview-speech',
      'get',
      'deployment',
      pool,
      '-o',
      'jsonpath={.status.readyReplicas}',
    ),
  )

test('KEDA takes the pools over without changing a count, and a queue inside the band leaves it there', async () => {
  const deployed = await runIn(project, region, 'deploy', '--yes')
  expect(deployed.exitCode, deployed.stderr).toBe(0)
  await expect
    .poll(async () => (await autoscalerOf('asr'))?.status.currentMetrics?.[0]?.external?.current.value, {
      timeout: waitsMs,
      interval: 500,
    })
    .toBe('7')
  expect(await decisionOn('asr')).toMatchObject({
    state: 'holding',
    value: 7,
    current: 5,
    desired: 5,
    reason: '7 is between 3 and 10',
  })
  // Nobody plays the media servers here: what is not measured is unknown, and the pool stays as it is.
  expect(await decisionOn('sfu')).toMatchObject({ state: 'unknown', value: null })
  expect(await readyOf('asr')).toBe(5)
})

test('a queue above the band makes the pool grow, in the time that the real controllers take', async () => {
  metrics.set(pendingOfAsr, 25)
  await inTime('step to replicas', 18, () =>
    expect.poll(() => readyOf('asr'), { timeout: waitsMs, interval: 250 }).toBeGreaterThan(5),
  )
})

test('Karpenter makes a machine for pods that fit on none, of the shape that they ask for', async () => {
  const nodes = async (): Promise<number> =>
    (await kubectl('get', 'nodes', '-l', 'karpenter.sh/nodepool', '-o', 'name')).split('\n').filter(Boolean)
      .length
  expect(await nodes()).toBe(0)
  metrics.set('DCGM_FI_DEV_GPU_UTIL{exported_namespace="interview-inference",exported_container="llm"}', 95)
  await expect.poll(nodes, { timeout: waitsMs, interval: 500 }).toBeGreaterThan(0)
})
