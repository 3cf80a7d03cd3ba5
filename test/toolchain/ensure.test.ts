import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { Failure, isFailure } from '../../src/failure.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { toolNames } from '../../src/toolchain/toolchain.ts'
import { makeMachine, onMachine, putFakeGo, putOnPath, writeProgram } from './machine.ts'

const kubernetes = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'] as const

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (!isFailure(error)) throw new Error('no Failure', { cause: error })
  return error
}

function invocations(log: string): string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
}

test('what is missing of one module is built in one go with the pinned recipe, and comes from the cache afterwards', async () => {
  const machine = makeMachine()
  const log = putFakeGo(machine)
  const toolchain = makeToolchain(onMachine(machine))
  const built = await toolchain.ensure(kubernetes)
  expect([...built.values()].map((tool) => tool.source)).toEqual(kubernetes.map(() => 'build'))
  const [call = '', ...more] = invocations(log)
  expect(more).toEqual([])
  expect(call).toContain('-mod=readonly -trimpath -buildvcs=false')
  expect(call).toContain('version.gitVersion=v1.35.4')
  for (const name of kubernetes) expect(call).toContain(`k8s.io/kubernetes/cmd/${name}`)

  const again = await toolchain.ensure(kubernetes)
  expect([...again.values()].map((tool) => tool.source)).toEqual(kubernetes.map(() => 'cache'))
  expect(invocations(log)).toHaveLength(1)
})

test('what is on PATH is not built', async () => {
  const machine = makeMachine()
  const log = putFakeGo(machine)
  putOnPath(machine, 'kubectl')
  const located = await makeToolchain(onMachine(machine)).ensure(['kube-apiserver', 'kubectl'])
  expect(located.get('kubectl')?.source).toBe('path')
  expect(invocations(log)[0]).not.toContain('kubectl')
})

test('a warm cache needs no Go, no network and no program to be run, and costs at most 50 ms', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  await makeToolchain(onMachine(machine)).ensure([...kubernetes, 'etcd'])
  rmSync(join(machine.bin, 'go'))
  const run = () => Promise.reject(new Error('nothing is to be run'))
  const toolchain = makeToolchain(onMachine(machine, { run }))
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now()
    const located = await toolchain.ensure([...kubernetes, 'etcd'])
    times.push(performance.now() - start)
    expect(located.size).toBe(5)
  }
  // The best of five: the machine may be busy, the code may not.
  expect(Math.min(...times)).toBeLessThanOrEqual(50)
})

test.each([
  ['without a marker', (path: string) => rmSync(join(dirname(path), 'marker.json'))],
  ['with a damaged marker', (path: string) => writeFileSync(join(dirname(path), 'marker.json'), '{"size":')],
  ['that is longer than its marker says', (path: string) => appendFileSync(path, '# more\n')],
  ['that was cut', (path: string) => writeFileSync(path, '')],
  ['that is gone', (path: string) => rmSync(path)],
])('a program in the cache %s is not used but built again', async (_what, damage) => {
  const machine = makeMachine()
  const log = putFakeGo(machine)
  const toolchain = makeToolchain(onMachine(machine))
  const path = (await toolchain.ensure(['etcd'])).get('etcd')?.path ?? ''
  damage(path)
  expect(await toolchain.find('etcd')).toBeUndefined()
  expect((await toolchain.ensure(['etcd'])).get('etcd')?.source).toBe('build')
  expect(invocations(log)).toHaveLength(2)
  expect((await toolchain.find('etcd'))?.path).toBe(path)
})

test('a changed pin does not find the program of the old one', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  const toolchain = makeToolchain(onMachine(machine))
  await toolchain.ensure(['etcd'])
  appendFileSync(join(machine.root, 'package/templates/toolchain/etcd/go.mod'), '// another pin\n')
  expect(await toolchain.find('etcd')).toBeUndefined()
})

test('a built program that does not run is never put into the cache', async () => {
  const machine = makeMachine()
  putFakeGo(machine, { cut: true })
  const toolchain = makeToolchain(onMachine(machine))
  const failure = await failureOf(toolchain.ensure(['etcd']))
  expect(failure.message).toContain('etcd as installed does not tell its version')
  expect(await toolchain.find('etcd')).toBeUndefined()
  expect(readdirSync(join(machine.root, 'cache/toolchain/work'))).toEqual([])
})

test('a failure names every source that was tried, why it failed and what to do', async () => {
  const machine = makeMachine()
  putFakeGo(machine, { fail: 'undefined: frobnicate' })
  const old = putOnPath(machine, 'etcd', '3.4.0')
  const failure = await failureOf(makeToolchain(onMachine(machine)).ensure(['etcd']))
  expect(failure.code).toBe('OPERATION')
  expect(failure.message).toContain(`PATH: ${old} is 3.4.0`)
  expect(failure.message).toContain('cache: none there')
  expect(failure.message).toContain('release: toolchain.lock holds no hash of etcd 3.6.7')
  expect(failure.message).toContain('build: go build failed: main.go:3:2: undefined: frobnicate')
  expect(failure.findings[0]?.path).toBe('etcd')
})

test('without Go the error names the Go version that is needed', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  rmSync(join(machine.bin, 'go'))
  const failure = await failureOf(makeToolchain(onMachine(machine)).ensure(['etcd']))
  expect(failure.message).toContain('no Go on PATH; building needs Go 1.25.0 or newer')
  expect(failure.next).toBe('install Go 1.25.0 or newer and put it on PATH')
})

test('a Go that refuses the module is named with its own reason', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  const complaint = 'go: go.mod requires go >= 1.25.0 (running go 1.19; GOTOOLCHAIN=local)'
  writeProgram(join(machine.bin, 'go'), `echo '${complaint}' >&2; exit 1`)
  const failure = await failureOf(makeToolchain(onMachine(machine)).ensure(['etcd']))
  expect(failure.message).toContain('Go 1.25.0 or newer is needed')
  expect(failure.message).toContain(complaint)
})

test('a build reports itself at once and with every heartbeat, with the time that is left', async () => {
  const machine = makeMachine()
  putFakeGo(machine, { seconds: 0.3 })
  const c = onMachine(machine)
  let nowMs = 0
  const clock = {
    ...c.clock,
    monotonicMs: () => (nowMs += 4000),
    // The heartbeat, a hundred times as fast.
    every: (ms: number, tick: () => void) => c.clock.every(ms / 100, tick),
  }
  await makeToolchain({ ...c, clock }).ensure(['etcd'])
  const beats = c.host.of('toolchain.building')
  expect(beats[0]).toMatchObject({ tools: ['etcd'], expectedMs: 50_000, laterMs: 0 })
  expect(beats.length).toBeGreaterThan(1)
  expect(beats.at(-1)?.detail).toBe('1 packages compiled')
  expect(beats.map((beat) => beat.elapsedMs)).toEqual(
    beats.map((beat) => beat.elapsedMs).sort((a, b) => a - b),
  )
})

test('a slow check of what was built reports itself too', async () => {
  const machine = makeMachine()
  putFakeGo(machine, { slowProgram: 0.3 })
  const c = onMachine(machine)
  const clock = { ...c.clock, every: (ms: number, tick: () => void) => c.clock.every(ms / 100, tick) }
  await makeToolchain({ ...c, clock }).ensure(['etcd'])
  expect(c.host.of('toolchain.checking')[0]).toMatchObject({ tool: 'etcd' })
})

test('an aborted build leaves nothing behind and rejects with the reason of the signal', async () => {
  const machine = makeMachine()
  const log = putFakeGo(machine, { seconds: 4 })
  const controller = new AbortController()
  const reason = new Failure('CANCELLED', 'cancelled by the test')
  const c = onMachine(machine, { signal: controller.signal })
  // Real processes: the build is under way when the fake Go has written its line.
  const stop = c.clock.every(20, () => {
    if (invocations(log).length > 0) controller.abort(reason)
  })
  const failure = await failureOf(makeToolchain(c).ensure(['etcd']))
  stop.stop()
  expect(failure).toBe(reason)
  expect(readdirSync(join(machine.root, 'cache/toolchain/work'))).toEqual([])
  expect(readdirSync(join(machine.root, 'cache/toolchain/locks'))).toEqual([])
})

/** Processes that work in a folder below `cache`, which only this test's machine has. */
function workersIn(cache: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return readFileSync(`/proc/${name}/environ`, 'utf8').includes(`GOTMPDIR=${cache}`)
    } catch {
      return false
    }
  })
}

test('the compilers of an aborted Go are ended with it', async () => {
  const machine = makeMachine()
  const log = putFakeGo(machine, { seconds: 30 })
  const controller = new AbortController()
  const c = onMachine(machine, { signal: controller.signal })
  const cache = join(machine.root, 'cache')
  const building = failureOf(makeToolchain(c).ensure(['etcd']))
  await expect.poll(() => invocations(log).length > 0 && workersIn(cache).length === 2).toBe(true)
  controller.abort(new Failure('CANCELLED', 'cancelled by the test'))
  await building
  await expect.poll(() => workersIn(cache)).toEqual([])
})

test('what a killed process left in the work folder is swept', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  const work = join(machine.root, 'cache/toolchain/work')
  mkdirSync(join(work, '4194304-left'), { recursive: true })
  mkdirSync(join(work, `${process.pid}-living`))
  await makeToolchain(onMachine(machine)).ensure(['etcd'])
  expect(readdirSync(work)).toEqual([`${process.pid}-living`])
})

test('the cache can be moved to another place', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  await makeToolchain(onMachine(machine)).ensure(['etcd'])
  renameSync(join(machine.root, 'cache'), join(machine.root, 'elsewhere'))
  const moved = {
    ...machine,
    environment: { ...machine.environment, IV_CACHE_DIR: join(machine.root, 'elsewhere') },
  }
  expect((await makeToolchain(onMachine(moved)).find('etcd'))?.path).toContain('elsewhere')
})

test('the time that is left counts the groups that follow', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  const c = onMachine(machine)
  await makeToolchain(c).ensure(['etcd', 'kubectl'])
  const [first, second] = c.host.of('toolchain.building')
  expect(first).toMatchObject({ tools: ['etcd'], laterMs: 300_000 })
  expect(second).toMatchObject({ tools: ['kubectl'], laterMs: 0 })
})

test('a cache that cannot be written is an error that says so, and does not keep from using PATH', async () => {
  const machine = makeMachine({})
  putFakeGo(machine)
  putOnPath(machine, 'kubectl')
  const file = join(machine.root, 'file')
  writeFileSync(file, 'not a folder')
  machine.environment['IV_CACHE_DIR'] = join(file, 'cache')
  const toolchain = makeToolchain(onMachine(machine))
  expect((await toolchain.ensure(['kubectl'])).get('kubectl')?.source).toBe('path')
  const failure = await failureOf(toolchain.ensure(['etcd']))
  expect(failure.code).toBe('OPERATION')
  expect(failure.message).toMatch(/^cannot install etcd: ENOTDIR: .*\/file\/cache/)
  expect(failure.next).toContain('IV_CACHE_DIR')
})

test('every name of the port has a recipe', async () => {
  const { tools } = await import('../../src/toolchain/tools.ts')
  for (const name of toolNames) expect(tools[name].name).toBe(name)
})
