import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { connectCluster } from '../../src/cluster/connect.ts'
import { systemClock } from '../../src/clock.ts'
import { LeaseStore } from '../../src/lock/lease.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import type { LockRow } from '../../src/report/locks.ts'
import { raceForLock } from '../campaign/lock-race.ts'
import { iv, type IvResult, startIv } from '../support/iv.ts'
import { touches } from '../support/touches.ts'
import { type LocalProject, makeLocalProject } from './local-project.ts'

/** The lock of a region on a real API server: other machines, races, and a holder that was paused. */

const region = 'us-east'
const stack = { project: 'interview', stack: `local.${region}` }
let project: LocalProject
let cluster: Cluster

beforeAll(async () => {
  project = await makeLocalProject()
  await project.up([region])
  cluster = await connect()
})
afterAll(async () => {
  cluster?.close()
  await project.remove()
})

const connect = (): Promise<Cluster> =>
  connectCluster({ kubeconfig: sandboxKubeconfig(project.c.paths), context: sandboxContext(region) })
const options = () => ({ cwd: project.c.paths.project, env: process.env, deadlineMs: 120_000 })

function run(...args: string[]): Promise<IvResult> {
  touches('engine', 'api-server')
  return iv([...args, '--region', region, '--json'], options())
}

async function lockRow(): Promise<LockRow | undefined> {
  return ((await run('lock', 'status')).json.data['locks'] as LockRow[])[0]
}

/** Namespaces that carry iv's label: present as soon as anything of a stack is. */
async function ourNamespaces(): Promise<number> {
  const path = '/api/v1/namespaces?labelSelector=app.kubernetes.io%2Fmanaged-by%3Div'
  const { body } = await cluster.request({ method: 'GET', path })
  return (body['items'] as unknown[]).length
}

test('of many that want it at once never two have it', async () => {
  touches('api-server')
  const clusters = await Promise.all(Array.from({ length: 6 }, connect))
  const result = await raceForLock(clusters, { races: 60, stack: 'race' })
  for (const one of clusters) one.close()
  expect(result).toMatchObject({ overlaps: 0, repeatedNumbers: 0, tried: 360 })
  expect(result.won).toBeGreaterThanOrEqual(60)
})

describe('a region that another machine works on', () => {
  test('is refused with holder and age, may be read, and is free after its lock was broken', async () => {
    const store = new LeaseStore(cluster, stack)
    const at = systemClock.now().toISOString()
    const holder = { host: 'build-7', pid: 4711, command: 'deploy', runId: '01OTHER', token: 'theirs' }
    await store.write({ ...(await store.read()), holder, acquiredAt: at, renewedAt: at, fencingNumber: 1 })

    const refused = await run('deploy', '--yes')
    expect(refused.exitCode, refused.stderr).toBe(10)
    expect(refused.json.error?.message).toMatch(/locked by build-7 \(iv deploy, process 4711.*for \d+ s/)
    expect((await run('preview')).exitCode).toBe(0)
    expect(await lockRow()).toMatchObject({ state: 'held', holder: { host: 'build-7', runId: '01OTHER' } })
    const foreign = await iv(['cancel', '01OTHER', '--json'], options())
    expect(foreign.exitCode).toBe(10)

    const broken = await run('lock', 'break', '--reason', 'build-7 was deleted', '--yes')
    expect(broken.exitCode, broken.stderr).toBe(0)
    expect(await lockRow()).toMatchObject({ state: 'free', broken: { reason: 'build-7 was deleted' } })
  })
})

describe('a deploy', () => {
  test('that was paused past its lock is succeeded, and writes nothing after it wakes', async () => {
    touches('engine', 'api-server')
    const paused = startIv(['deploy', '--region', region, '--yes', '--json'], options())
    let text = ''
    let isPaused = false
    paused.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (!isPaused && text.includes('created networking')) isPaused = paused.kill('SIGSTOP')
    })
    await expect.poll(() => isPaused, { timeout: 30_000 }).toBe(true)
    const held = await run('deploy', '--yes')
    expect(held.exitCode, held.stderr).toBe(10)
    await expect.poll(async () => (await lockRow())?.state, { timeout: 30_000 }).toBe('abandoned')
    const next = await run('deploy', '--yes')
    expect(next.exitCode, next.stderr).toBe(0)
    expect((await run('destroy', '--confirm', region)).exitCode).toBe(0)
    expect(await ourNamespaces()).toBe(0)
    paused.kill('SIGCONT')
    const { exitCode, stderr } = await paused
    expect(exitCode, String(stderr)).toBe(10)
    expect(await ourNamespaces()).toBe(0)
    expect(await lockRow()).toMatchObject({ state: 'free' })
  })

  test('is stopped in order by iv cancel from another shell', async () => {
    touches('engine', 'api-server')
    const child = startIv(['deploy', '--region', region, '--yes', '--json'], options())
    await expect.poll(async () => (await lockRow())?.state, { timeout: 30_000 }).toBe('held')
    const holder = (await lockRow())?.holder
    const cancelled = await iv(['cancel', holder?.runId ?? '', '--json'], options())
    expect(cancelled.json.data, cancelled.stderr).toMatchObject({ state: 'cancelled' })
    expect((await child).exitCode).toBe(8)
    expect(await lockRow()).toMatchObject({ state: 'free', engine: [] })
  })
})
