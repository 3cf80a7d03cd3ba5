import { stat } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { localStatus } from '../../src/sandbox/status.ts'
import { inTime } from '../support/figures.ts'
import { commandLinesWith, type LocalProject, makeLocalProject } from './local-project.ts'

const memoryCeilingBytes = 2_500_000_000
const regions = ['us-east', 'us-west', 'eu-west']

let project: LocalProject

beforeAll(async () => {
  project = await makeLocalProject()
})

afterAll(async () => {
  await project.remove()
})

async function allPids(): Promise<number[]> {
  const { data } = await localStatus({}, project.c)
  return [...data.shared, ...data.regions.flatMap(({ components }) => components)].map(({ pid }) => pid ?? 0)
}

test('three regions with their nodes come up in time and in little memory', async () => {
  const data = await inTime('three regions up', 12, () => project.up(regions))
  expect(data.state).toBe('running')
  expect(data.regions.map(({ state }) => state)).toEqual(['running', 'running', 'running'])
  expect(data.memoryBytes).toBeGreaterThan(100_000_000)
  expect(data.memoryBytes).toBeLessThan(memoryCeilingBytes)
  expect(data.timeScale).toBe(60)
  for (const region of regions) expect((await project.ask(region, '/readyz')).status).toBe(200)
  expect((await stat(sandboxKubeconfig(project.c.paths))).mode & 0o777).toBe(0o600)
})

test('up again changes nothing', async () => {
  const before = await allPids()
  await project.up(regions)
  expect(await allPids()).toEqual(before)
})

test('two ups at once end alike and start nothing twice', async () => {
  const before = await project.processes()
  await Promise.all([project.up(regions), project.up(regions)])
  expect(new Set(await project.processes())).toEqual(new Set(before))
})

test('a component that was killed shows as crashed, and up starts it and nothing else', async () => {
  const before = await allPids()
  const victim = await project.pidOf('us-west', 'kube-scheduler')
  process.kill(victim, 'SIGKILL')
  await expect.poll(async () => (await localStatus({}, project.c)).data.state).toBe('degraded')
  const { data } = await localStatus({}, project.c)
  const crashed = data.regions.flatMap(({ name, components }) =>
    components.filter(({ state }) => state === 'crashed').map((component) => `${name} ${component.name}`),
  )
  expect(crashed).toEqual(['us-west kube-scheduler'])
  await project.up(regions)
  const after = await allPids()
  expect(after.filter((pid) => !before.includes(pid))).toHaveLength(1)
  expect((await localStatus({}, project.c)).data.state).toBe('running')
})

test('a component that runs and answers nobody is replaced', async () => {
  const hung = await project.pidOf('us-east', 'kwok')
  process.kill(hung, 'SIGSTOP')
  await project.up(['us-east'])
  expect(await project.processes()).not.toContain(hung)
  expect((await localStatus({}, project.c)).data.state).toBe('running')
})

test('a new time scale restarts kwok in every running region and nothing else', async () => {
  const before = await allPids()
  const data = await project.up(['us-east'], { timeScale: 600 })
  expect(data.timeScale).toBe(600)
  const after = await allPids()
  expect(after.filter((pid) => !before.includes(pid))).toHaveLength(regions.length)
  expect(data.startups.find(({ pool }) => pool === 'llm')?.simulatedMs).toBe(500)
})

test('one region can be stopped while the others go on', async () => {
  const { localDown } = await import('../../src/sandbox/down.ts')
  const { data } = await localDown({ regions: ['eu-west'] }, project.c)
  expect(data.regions.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual([
    'eu-west stopped',
    'us-east running',
    'us-west running',
  ])
  await expect(project.ask('eu-west', '/readyz')).rejects.toMatchObject({ code: 'OPERATION' })
  expect((await project.ask('us-east', '/readyz')).status).toBe(200)
})

test('down leaves no process, and up finds what was there before', async () => {
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kept' },
    data: { key: 'value' },
  }
  const path = '/api/v1/namespaces/default/configmaps'
  expect((await project.ask('us-east', path, { method: 'POST', body: configMap })).status).toBe(201)
  const ports = (await project.record()).regions.map(({ components }) => components.map(({ port }) => port))
  await project.down()
  expect(await project.processes()).toEqual([])
  expect(commandLinesWith(project.c.paths.project)).toEqual([])
  expect((await localStatus({}, project.c)).data.state).toBe('stopped')
  await project.up(['us-east'])
  expect((await project.ask('us-east', `${path}/kept`)).body).toMatchObject({ data: { key: 'value' } })
  expect(
    (await project.record()).regions.map(({ components }) => components.map(({ port }) => port)),
  ).toEqual(ports)
  // etcd holds one prefix per region: another region never sees the object.
  await project.up(['us-west'])
  expect((await project.ask('us-west', `${path}/kept`)).status).toBe(404)
})
