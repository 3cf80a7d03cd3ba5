import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunProcess } from '../../src/process/run.ts'
import { runProcess } from '../../src/process/run.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { makeMachine, onMachine, putOnPath, versionLine, writeModule, writeProgram } from './machine.ts'

function counting() {
  const files: string[] = []
  const run: RunProcess = (input) => {
    files.push(input.file)
    return runProcess(input)
  }
  return { files, run }
}

test('a program on PATH with an accepted version is taken, though it is not the wanted one', async () => {
  const machine = makeMachine()
  const path = putOnPath(machine, 'kubectl', '1.36.2')
  expect(await makeToolchain(onMachine(machine)).find('kubectl')).toEqual({
    name: 'kubectl',
    version: '1.36.2',
    path,
    source: 'path',
  })
})

test('a program of another version is passed over with the reason, and the next on PATH is taken', async () => {
  const machine = makeMachine()
  const old = putOnPath(machine, 'kubectl', '1.32.4-dispatcher')
  const second = join(machine.root, 'second', 'kubectl')
  writeProgram(second, `echo "${versionLine('kubectl')}"`)
  machine.environment['PATH'] += `:${join(machine.root, 'second')}`
  const c = onMachine(machine)
  expect((await makeToolchain(c).find('kubectl'))?.path).toBe(second)
  expect(c.host.of('toolchain.skipped')).toEqual([
    { tool: 'kubectl', reason: `${old} is 1.32.4-dispatcher, needed is at least 1.34.0 and below 1.37.0` },
  ])
})

test.each([
  ['prints something else', 'echo hello', 'does not tell its version'],
  ['fails', `echo "${versionLine('etcd')}"; exit 3`, 'exit 3'],
])('a program that %s is passed over', async (_what, script, reason) => {
  const machine = makeMachine()
  writeProgram(join(machine.bin, 'etcd'), script)
  const c = onMachine(machine)
  expect(await makeToolchain(c).find('etcd')).toBeUndefined()
  expect(c.host.of('toolchain.skipped')[0]?.reason).toContain(reason)
})

test('a program is asked once, and again when its file changed', async () => {
  const machine = makeMachine()
  const path = putOnPath(machine, 'etcd')
  const { files, run } = counting()
  const c = onMachine(machine, { run })
  await makeToolchain(c).find('etcd')
  await makeToolchain(c).find('etcd')
  expect(files).toEqual([path])
  putOnPath(machine, 'etcd', '3.5.1')
  utimesSync(path, 1, 1)
  expect(await makeToolchain(c).find('etcd')).toBeUndefined()
  expect(files).toEqual([path, path])
})

test('an answer is believed for a day, since a wrapper may come to run something else', async () => {
  const machine = makeMachine()
  putOnPath(machine, 'etcd')
  const { files, run } = counting()
  const c = onMachine(machine, { run })
  const at = (iso: string) => ({ ...c, clock: { ...c.clock, now: () => new Date(iso) } })
  await makeToolchain(at('2026-01-01T00:00:00Z')).find('etcd')
  await makeToolchain(at('2026-01-01T23:59:00Z')).find('etcd')
  expect(files).toHaveLength(1)
  await makeToolchain(at('2026-01-02T00:01:00Z')).find('etcd')
  expect(files).toHaveLength(2)
})

test('a damaged file of answers only costs asking again', async () => {
  const machine = makeMachine()
  putOnPath(machine, 'etcd')
  mkdirSync(join(machine.root, 'cache', 'toolchain'), { recursive: true })
  writeFileSync(join(machine.root, 'cache', 'toolchain', 'path-checks.json'), '{"/x": {"mtime')
  expect((await makeToolchain(onMachine(machine)).find('etcd'))?.source).toBe('path')
})

test('a folder that PATH names twice under two names is looked into once', async () => {
  const machine = makeMachine()
  putOnPath(machine, 'kubectl', '1.20.0')
  symlinkSync(machine.bin, join(machine.root, 'link'))
  machine.environment['PATH'] += `:${join(machine.root, 'link')}:${machine.bin}`
  const c = onMachine(machine)
  await makeToolchain(c).find('kubectl')
  expect(c.host.of('toolchain.skipped')).toHaveLength(1)
})

test('relative folders, folders of that name and files that cannot be run are no candidates', async () => {
  const machine = makeMachine()
  mkdirSync(join(machine.bin, 'etcd'))
  const data = join(machine.root, 'data')
  mkdirSync(data)
  writeFileSync(join(data, 'etcd'), 'not a program', { mode: 0o644 })
  machine.environment['PATH'] += `:${data}:.::bin`
  const c = onMachine(machine)
  writeModule(machine, 'etcd', {})
  expect(await makeToolchain(c).find('etcd')).toBeUndefined()
  expect(c.host.of('toolchain.skipped')).toEqual([])
})
