import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify } from '../../src/process/identity.ts'
import { plainStyle } from '../../src/report/style.ts'
import { planRecord } from '../../src/sandbox/plan-record.ts'
import { saveRecord } from '../../src/sandbox/session.ts'
import { localStatus } from '../../src/sandbox/status.ts'
import { localWriter } from '../../src/sandbox/writer.ts'
import { type TestCollaborators, testCollaborators } from '../support/collaborators.ts'

async function makeProject(): Promise<TestCollaborators> {
  return testCollaborators(await mkdtemp(join(tmpdir(), 'iv-status-')))
}

/** A sandbox whose processes are all this one, then changed by `change`. */
async function record(
  c: TestCollaborators,
  running: (region: string | undefined, name: string) => boolean | 'gone',
) {
  const startups = [{ pool: 'llm', specified: '5m', simulatedMs: 5000 }]
  const planned = await planRecord(undefined, {
    regions: ['a', 'b'],
    timeScale: 60,
    startups,
    paths: c.paths,
  })
  const self = identify(process.pid)
  if (!self) throw new Error('a process that looks at itself lives')
  for (const region of [undefined, ...planned.regions])
    for (const component of region?.components ?? [planned.etcd]) {
      const state = running(region?.name, component.name)
      if (state !== false) component.process = state === 'gone' ? { ...self, startTime: 'before/1' } : self
    }
  await saveRecord(c, planned)
}

test('no sandbox is a state, not an error', async () => {
  const { data } = await localStatus({}, await makeProject())
  expect(data).toMatchObject({ state: 'absent', timeScale: null, regions: [], memoryBytes: 0 })
  expect(localWriter.text(data, plainStyle)).toContain('iv local up')
})

test('everything runs', async () => {
  const c = await makeProject()
  await record(c, () => true)
  const { data } = await localStatus({}, c)
  expect(data).toMatchObject({ state: 'running', regions: [{ state: 'running' }, { state: 'running' }] })
  expect(data.memoryBytes).toBeGreaterThan(0)
})

test('a component that ended by itself is crashed, its region and the sandbox degraded', async () => {
  const c = await makeProject()
  await record(c, (region, name) => (region === 'b' && name === 'kwok' ? 'gone' : true))
  const { data } = await localStatus({}, c)
  expect(data.state).toBe('degraded')
  expect(data.regions.map(({ state }) => state)).toEqual(['running', 'degraded'])
  const kwok = data.regions[1]?.components.find(({ name }) => name === 'kwok')
  expect(kwok).toMatchObject({ state: 'crashed', pid: null, rssBytes: null })
})

test('a region that was stopped on purpose leaves the sandbox running', async () => {
  const c = await makeProject()
  await record(c, (region) => region !== 'b')
  const { data } = await localStatus({}, c)
  expect(data.state).toBe('running')
  expect(data.regions.map(({ state }) => state)).toEqual(['running', 'stopped'])
})

test('regions without their etcd are not running', async () => {
  const c = await makeProject()
  await record(c, (_, name) => name !== 'etcd')
  expect((await localStatus({}, c)).data.state).toBe('degraded')
})

test('nothing runs', async () => {
  const c = await makeProject()
  await record(c, () => false)
  const { data } = await localStatus({}, c)
  expect(data.state).toBe('stopped')
  expect(localWriter.text(data, plainStyle)).toContain('iv local up starts what does not run')
})

test('the text states the time scale, what it makes of start-up times, and what is simulated', async () => {
  const c = await makeProject()
  await record(c, () => true)
  const { data } = await localStatus({}, c)
  const text = localWriter.text(data, plainStyle)
  expect(text).toContain('time scale 60')
  expect(text).toContain('start-up times ÷ 60: llm 5s')
  expect(text).toContain('simulated: nodes')
  expect(text).not.toMatch(/\n$/)
  expect(localWriter.markdown?.(data)).toContain('| a | kube-apiserver | running |')
})
