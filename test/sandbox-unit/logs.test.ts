import { appendFile, mkdir, mkdtemp, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { prepareLog } from '../../src/sandbox/log-files.ts'
import { localLogs } from '../../src/sandbox/logs.ts'
import { logsWriter } from '../../src/sandbox/logs-writer.ts'
import { componentLogFile } from '../../src/sandbox/places.ts'
import { planRecord } from '../../src/sandbox/plan-record.ts'
import { saveRecord } from '../../src/sandbox/session.ts'
import { plainStyle } from '../../src/report/style.ts'
import { type TestCollaborators, testCollaborators } from '../support/collaborators.ts'

let c: TestCollaborators
const all = { lines: 20, follow: false }

async function write(region: string | undefined, name: string, text: string): Promise<string> {
  const file = componentLogFile(c.paths, { name, region })
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  return file
}

beforeEach(async () => {
  c = testCollaborators(await mkdtemp(join(tmpdir(), 'iv-logs-')))
  const input = { regions: ['us-east', 'us-west'], timeScale: 1, startups: [], paths: c.paths }
  await saveRecord(c, await planRecord(undefined, input))
})

test('the last lines of every component, the shared one first', async () => {
  await write(undefined, 'etcd', 'e1\n')
  await write('us-east', 'kwok', 'k1\nk2\nk3\n')
  const { data } = await localLogs({ ...all, lines: 2 }, c)
  expect(logsWriter.text(data, plainStyle)).toBe('shared etcd: e1\nus-east kwok: k2\nus-east kwok: k3')
})

test('a region or a component alone', async () => {
  await write(undefined, 'etcd', 'e1\n')
  await write('us-east', 'kwok', 'k1\n')
  await write('us-west', 'kwok', 'w1\n')
  const lines = async (input: object) =>
    (await localLogs({ ...all, ...input }, c)).data.lines.map(({ line }) => line)
  expect(await lines({ region: 'us-west' })).toEqual(['w1'])
  expect(await lines({ component: 'kwok' })).toEqual(['k1', 'w1'])
  expect(await lines({ region: 'us-east', component: 'etcd' })).toEqual(['e1'])
  expect(await lines({ lines: 0 })).toEqual([])
})

test.each([
  [{ region: 'us-north' }, 'us-east, us-west'],
  [{ component: 'kubelet' }, 'kube-apiserver'],
])('an unknown name %o is answered with the known ones', async (input, known) => {
  await expect(localLogs({ ...all, ...input }, c)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    next: expect.stringContaining(known),
  })
})

test('without a sandbox there are no logs', async () => {
  const empty = testCollaborators(await mkdtemp(join(tmpdir(), 'iv-logs-')))
  await expect(localLogs(all, empty)).rejects.toMatchObject({ code: 'NOT_FOUND', next: 'iv local up' })
})

test('following reports whole lines as they come, also after the log was set aside', async () => {
  const file = await write('us-east', 'kwok', 'before\n')
  const controller = new AbortController()
  const script = [
    () => appendFile(file, 'one\nhal'),
    () => appendFile(file, 'f\n'),
    () => truncate(file),
    () => appendFile(file, 'x\n'),
    () => Promise.resolve(controller.abort()),
  ]
  const clock = { ...systemClock, sleep: async () => script.shift()?.() }
  const follower = { ...c, clock, signal: controller.signal }
  const { data } = await localLogs({ lines: 5, follow: true, region: 'us-east' }, follower)
  expect(c.host.of('local.log').map(({ line }) => line)).toEqual(['before', 'one', 'half', 'x'])
  expect(data.lines).toEqual([])
})

test('a log that grew too large is set aside before the next start', async () => {
  const file = await write('us-east', 'kwok', 'short\n')
  await prepareLog(file)
  const kept = await localLogs({ ...all, region: 'us-east' }, c)
  expect(kept.data.lines).toHaveLength(1)
  await truncate(file, 10_000_001)
  await prepareLog(file)
  const cut = await localLogs({ ...all, region: 'us-east' }, c)
  expect(cut.data.lines).toEqual([])
})
