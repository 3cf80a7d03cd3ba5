import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { thisProcess } from '../../src/process/identity.ts'
import { withInstallLock } from '../../src/toolchain/install-lock.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import type { Outcome } from './ensure-process.ts'
import { type Machine, makeMachine, onMachine, putFakeGo } from './machine.ts'

/** A process of its own that ensures etcd on the machine. */
function startProcess(machine: Machine) {
  const script = join(import.meta.dirname, 'ensure-process.ts')
  const child = spawn(process.execPath, [script, join(machine.root, 'package'), 'etcd'], {
    cwd: machine.root,
    env: machine.environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const closed = once(child, 'close')
  return {
    child,
    async outcome(): Promise<Outcome> {
      await closed
      return JSON.parse(text) as Outcome
    },
  }
}

function lockOf(machine: Machine): string {
  return join(machine.root, 'cache/toolchain/locks/etcd.lock')
}

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true)
}

test('two processes that install at once build once, and both use the result', async () => {
  const machine = makeMachine()
  const log = putFakeGo(machine, { seconds: 1 })
  const outcomes = await Promise.all([startProcess(machine).outcome(), startProcess(machine).outcome()])
  expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1)
  expect(new Set(outcomes.map((outcome) => outcome.tools[0]?.source))).toEqual(new Set(['build', 'cache']))
  expect(outcomes[0]?.tools[0]?.path).toBe(outcomes[1]?.tools[0]?.path)
  const waited = outcomes.find((outcome) => outcome.tools[0]?.source === 'cache')
  expect(waited?.events).toContain('toolchain.waiting')
  expect(existsSync(lockOf(machine))).toBe(false)
}, 20_000)

test('a process killed in the middle of a build holds nobody up and leaves nothing that is used', async () => {
  const machine = makeMachine()
  const log = putFakeGo(machine, { seconds: 30 })
  const { child } = startProcess(machine)
  await until(() => existsSync(log))
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(existsSync(lockOf(machine))).toBe(true)
  expect(await makeToolchain(onMachine(machine)).find('etcd')).toBeUndefined()
  putFakeGo(machine)
  expect((await makeToolchain(onMachine(machine)).ensure(['etcd'])).get('etcd')?.source).toBe('build')
  expect(existsSync(lockOf(machine))).toBe(false)
  expect(readdirSync(join(machine.root, 'cache/toolchain/work'))).toEqual([])
}, 20_000)

test('two calls in one process build once too', async () => {
  const machine = makeMachine()
  const log = putFakeGo(machine, { seconds: 0.2 })
  const toolchain = makeToolchain(onMachine(machine))
  const [one, two] = await Promise.all([toolchain.ensure(['etcd']), toolchain.ensure(['etcd'])])
  expect(new Set([one, two].map((tools) => tools.get('etcd')?.source))).toEqual(new Set(['build', 'cache']))
  expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1)
})

function writeLock(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/** The pid of a process that was there and is gone. */
function deadPid(): number {
  return spawnSync('/bin/true').pid
}

test.each([
  ['of a process that is gone', () => JSON.stringify({ pid: deadPid(), startTime: 'before/1' })],
  [
    'of an earlier process that had the pid of a living one',
    () => JSON.stringify({ pid: process.pid, startTime: 'before/1' }),
  ],
  ['that no iv wrote', () => 'rubbish'],
])('a lock %s is taken over', async (_what, content) => {
  const machine = makeMachine()
  writeLock(lockOf(machine), content())
  const c = onMachine(machine)
  expect(
    await withInstallLock({ file: lockOf(machine), what: 'etcd' }, () => Promise.resolve('done'), c),
  ).toBe('done')
  expect(readdirSync(dirname(lockOf(machine)))).toEqual([])
})

test('a lock of a living process is waited for, with a line at once and one every 5 s, until it is gone', async () => {
  const machine = makeMachine()
  writeLock(lockOf(machine), JSON.stringify(thisProcess()))
  const c = onMachine(machine)
  let nowMs = 0
  const clock = {
    ...c.clock,
    monotonicMs: () => nowMs,
    async sleep(ms: number) {
      nowMs += ms
      const { rm } = await import('node:fs/promises')
      if (nowMs >= 11_000) await rm(lockOf(machine), { force: true })
    },
  }
  await withInstallLock({ file: lockOf(machine), what: 'etcd' }, () => Promise.resolve(), { ...c, clock })
  expect(c.host.of('toolchain.waiting').map((event) => event.elapsedMs)).toEqual([0, 5000, 10_000])
  expect(c.host.of('toolchain.waiting')[0]).toMatchObject({ what: 'etcd', holderPid: process.pid })
})

test('waiting ends when the run is cancelled, and the lock stays with its holder', async () => {
  const machine = makeMachine()
  writeLock(lockOf(machine), JSON.stringify(thisProcess()))
  const controller = new AbortController()
  const reason = new Failure('CANCELLED', 'cancelled by the test')
  const c = onMachine(machine, { signal: controller.signal })
  const waiting = withInstallLock({ file: lockOf(machine), what: 'etcd' }, () => Promise.resolve(), c)
  controller.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  expect(JSON.parse(readFileSync(lockOf(machine), 'utf8'))).toEqual(thisProcess())
})

test('the lock is released when the work fails', async () => {
  const machine = makeMachine()
  const c = onMachine(machine)
  const work = () => Promise.reject(new Error('broken'))
  await expect(withInstallLock({ file: lockOf(machine), what: 'etcd' }, work, c)).rejects.toThrow('broken')
  expect(existsSync(lockOf(machine))).toBe(false)
})
