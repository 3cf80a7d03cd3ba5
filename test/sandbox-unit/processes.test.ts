import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { identify, isAlive, type ProcessIdentity } from '../../src/process/identity.ts'
import { findSandboxProcesses, memoryOf } from '../../src/sandbox/processes.ts'
import { startDetached } from '../../src/sandbox/spawn.ts'
import { stopProcesses } from '../../src/sandbox/stop.ts'

const c = { clock: systemClock }

async function startIdle(folder: string): Promise<ProcessIdentity> {
  const identity = await startDetached({
    file: '/bin/sleep',
    args: ['60'],
    env: {},
    cwd: folder,
    logFile: join(folder, 'log'),
    marker: { folder, component: 'idle' },
  })
  if (!identity) throw new Error('it was told to sleep')
  return identity
}

test('a process is known by its number and its start, and found by its marker alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-processes-'))
  const identity = await startIdle(folder)
  expect(isAlive(identity)).toBe(true)
  expect(await findSandboxProcesses(folder)).toEqual([identity])
  expect(await findSandboxProcesses(folder.slice(0, -1))).toEqual([])
  expect((await memoryOf(identity.pid))?.rssBytes).toBeGreaterThan(0)
  await stopProcesses([identity], c)
  expect(isAlive(identity)).toBe(false)
  expect(await findSandboxProcesses(folder)).toEqual([])
  expect(await memoryOf(identity.pid)).toBeUndefined()
})

test('a process that merely inherited the number is left alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-processes-'))
  const identity = await startIdle(folder)
  const predecessor = { ...identity, startTime: 'an-earlier-boot/1' }
  expect(isAlive(predecessor)).toBe(false)
  await stopProcesses([predecessor], c)
  expect(isAlive(identity)).toBe(true)
  await stopProcesses([identity], c)
})

test('a process that ignores SIGTERM is ended by force', async () => {
  const child = spawn('/bin/sh', ['-c', "trap '' TERM; echo ready; while :; do sleep 1; done"], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  const identity = identify(child.pid ?? 0)
  if (!identity) throw new Error('the child ended too early')
  // The wait before SIGKILL is the clock's, so the test does not spend it.
  let now = 0
  const impatient = { ...systemClock, monotonicMs: () => (now += 1000) }
  const ended = once(child, 'exit')
  await stopProcesses([identity], { clock: impatient })
  expect(await ended).toEqual([null, 'SIGKILL'])
})

test('a program that is not there is a failure that names it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-processes-'))
  const launch = { args: [], env: {}, cwd: folder, logFile: join(folder, 'log') }
  await expect(
    startDetached({ ...launch, file: '/no/such/program', marker: { folder, component: 'x' } }),
  ).rejects.toMatchObject({ code: 'OPERATION', message: expect.stringContaining('/no/such/program') })
})
