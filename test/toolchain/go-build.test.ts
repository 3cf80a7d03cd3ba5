import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { toFailure } from '../../src/failure.ts'
import { candidates } from '../../src/toolchain/executables.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { makeMachine, onMachine, versionLine, writeModule } from './machine.ts'

// The real Go tool on modules that need nothing from the network.

const main = (line: string) => `package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("${line}") }\n`

async function machineWithGo() {
  const [go] = await candidates('go', { environment: process.env })
  if (go === undefined) throw new Error('these tests need Go on PATH')
  const machine = makeMachine()
  machine.environment['PATH'] += `:${dirname(go)}:/usr/bin:/bin`
  return machine
}

test('the real Go builds the programs of a module in one go, each under its own name', async () => {
  const machine = await machineWithGo()
  const names = ['kube-scheduler', 'kube-controller-manager'] as const
  writeModule(machine, 'kubernetes', {
    'go.mod': 'module k8s.io/kubernetes\n\ngo 1.25.0\n',
    ...Object.fromEntries(names.map((name) => [`cmd/${name}/main.go`, main(versionLine(name))])),
  })
  const c = onMachine(machine)
  const located = await makeToolchain(c).ensure(names)
  for (const name of names) {
    const tool = located.get(name)
    expect(tool).toMatchObject({ version: '1.35.4', source: 'build' })
    expect(
      execFileSync(tool?.path ?? '', ['--version'])
        .toString()
        .trim(),
    ).toBe(versionLine(name))
    const marker = JSON.parse(readFileSync(join(dirname(tool?.path ?? ''), 'marker.json'), 'utf8'))
    expect(marker).toMatchObject({
      tool: name,
      from: 'build',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  }
}, 120_000)

test('flags of the user do not change what is built', async () => {
  const machine = await machineWithGo()
  writeModule(machine, 'etcd', {
    'go.mod': 'module example.org/etcd\n\ngo 1.25.0\n',
    'main.go': `//go:build !surprise\n\n${main(versionLine('etcd'))}`,
    'surprise.go': `//go:build surprise\n\n${main('something else')}`,
  })
  const c = onMachine(machine)
  const settings = join(machine.root, 'go-env')
  writeFileSync(settings, 'GOFLAGS=-tags=surprise\nGOARCH=riscv64\n')
  const withFlags = { GOFLAGS: '-tags=surprise', GOOS: 'plan9', GOENV: settings }
  const run: typeof c.run = (input) => c.run({ ...input, env: { ...withFlags, ...input.env } })
  expect((await makeToolchain({ ...c, run }).ensure(['etcd'])).get('etcd')?.version).toBe('3.6.7')
}, 120_000)

test('what the real Go complains about is repeated', async () => {
  const machine = await machineWithGo()
  writeModule(machine, 'etcd', {
    'go.mod': 'module example.org/etcd\n\ngo 1.25.0\n',
    'main.go': 'package main\n\nfunc main() { frobnicate() }\n',
  })
  const failure = toFailure(await makeToolchain(onMachine(machine)).ensure(['etcd']).catch(toFailure))
  expect(failure.message).toContain('undefined: frobnicate')
}, 120_000)

test('a Go that is too old for the module is named, when it may not fetch a newer one', async () => {
  const machine = await machineWithGo()
  writeModule(machine, 'etcd', { 'go.mod': 'module example.org/etcd\n\ngo 1.99.0\n', 'main.go': main('') })
  const c = onMachine(machine)
  const run: typeof c.run = (input) => c.run({ ...input, env: { GOTOOLCHAIN: 'local', ...input.env } })
  const failure = toFailure(
    await makeToolchain({ ...c, run })
      .ensure(['etcd'])
      .catch(toFailure),
  )
  expect(failure.message).toContain('Go 1.99.0 or newer is needed')
  expect(failure.message).toContain('(it is 1.')
  expect(existsSync(join(machine.root, 'cache/toolchain/etcd'))).toBe(false)
}, 60_000)
