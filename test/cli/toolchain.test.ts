import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { coreTools, toolNames } from '../../src/toolchain/toolchain.ts'
import { iv } from '../support/iv.ts'
import { makeMachine, type Machine, putOnPath, versionLine, writeProgram } from '../toolchain/machine.ts'
import { type ReleaseServer, serveRelease } from '../toolchain/release-server.ts'

let server: ReleaseServer | undefined
afterEach(() => server?.close())

/** The built program on a machine with nothing but what the test puts there. */
function run(machine: Machine, args: readonly string[], more: Record<string, string> = {}) {
  return iv(args, { cwd: machine.root, env: { ...machine.environment, ...more } })
}

interface Row {
  name: string
  version: string | null
  source: string
  path: string | null
}

function rowsOf(result: Awaited<ReturnType<typeof run>>): Row[] {
  return result.json.data['tools'] as Row[]
}

test('list shows every program, also the missing ones, and installs nothing', async () => {
  const machine = makeMachine()
  const path = putOnPath(machine, 'kubectl')
  const result = await run(machine, ['toolchain', 'list', '--json'])
  expect(result.exitCode).toBe(0)
  expect(result.json.kind).toBe('ToolchainListResult')
  expect(rowsOf(result).map((row) => row.name)).toEqual([...toolNames])
  expect(rowsOf(result).find((row) => row.name === 'kubectl')).toMatchObject({
    version: '1.35.4',
    source: 'path',
    path,
  })
  expect(rowsOf(result).find((row) => row.name === 'etcd')).toMatchObject({
    version: null,
    source: 'missing',
    path: null,
  })
  expect(existsSync(join(machine.root, 'cache/toolchain/etcd'))).toBe(false)
})

test('path prints nothing but the path; 6 where the program is not installed', async () => {
  const machine = makeMachine()
  const path = putOnPath(machine, 'kubectl')
  const found = await run(machine, ['toolchain', 'path', 'kubectl'])
  expect([found.exitCode, found.stdout, found.stderr]).toEqual([0, `${path}\n`, ''])
  for (const format of [[], ['--json']]) {
    const missing = await run(machine, ['toolchain', 'path', 'etcd', ...format])
    expect(missing.exitCode).toBe(6)
  }
})

test.each([[[]], [['--json']]])(
  'an unknown program is a usage error that names those there are %j',
  async (format) => {
    const result = await run(makeMachine(), ['toolchain', 'install', 'etcd', 'kubctl', ...format])
    expect(result.exitCode).toBe(2)
    expect(result.stdout + result.stderr).toMatch(/kubctl.*kubectl/)
  },
)

test('pin writes the hash of what it fetched, install then uses it, and refuses what was changed since', async () => {
  const content = Buffer.from(`#!/bin/sh\necho "${versionLine('kubectl')}"\n`)
  server = await serveRelease(content, ['whole'])
  const machine = makeMachine()
  const variables = {
    IV_TOOLCHAIN_MIRROR: server.url,
    IV_TOOLCHAIN_LOCK: join(machine.root, 'toolchain.lock'),
  }
  const pin = await run(machine, ['toolchain', 'pin', 'kubectl', '--json'], variables)
  expect([pin.exitCode, pin.json.kind]).toEqual([0, 'ToolchainPinResult'])

  const install = await run(machine, ['toolchain', 'install', 'kubectl', '--json'], variables)
  expect(install.exitCode).toBe(0)
  const [row] = rowsOf(install)
  expect(row?.source).toBe('release')

  appendFileSync(row?.path ?? '', '# changed\n')
  await server.close()
  server = await serveRelease(Buffer.concat([content, Buffer.from('# changed\n')]), ['whole'])
  const again = await run(machine, ['toolchain', 'install', 'kubectl', '--json'], {
    ...variables,
    IV_TOOLCHAIN_MIRROR: server.url,
  })
  expect(again.exitCode).toBe(4)
  expect(again.json.error?.message).toMatch(/release: .* toolchain\.lock says .*build: no Go on PATH/)
  expect((await run(machine, ['toolchain', 'path', 'kubectl'])).exitCode).toBe(6)
})

test('a build that takes longer than --timeout ends with 9 and leaves nothing half-done', async () => {
  const machine = makeMachine()
  writeProgram(join(machine.bin, 'go'), '[ "$1" = env ] && { echo go1.99.0; exit 0; }\nexec /bin/sleep 30')
  const result = await run(machine, ['toolchain', 'install', 'etcd', '--timeout', '1s', '--json'])
  expect(result.exitCode).toBe(9)
  expect(result.json.error?.code).toBe('TIMEOUT')
  expect(result.stderr).toContain('building etcd from Go modules')
  expect((await run(machine, ['toolchain', 'path', 'etcd'])).exitCode).toBe(6)
})

test('doctor: 4 when a check fails, one JSON document with a hint', async () => {
  const result = await run(makeMachine(), ['doctor', '--json'])
  expect(result.exitCode).toBe(4)
  expect(result.json.kind).toBe('DoctorResult')
  const checks = result.json.data['checks'] as { id: string; status: string; hint?: string }[]
  expect(checks.filter((check) => check.status === 'fail').map((check) => check.id)).toEqual(['go'])
  expect(checks.find((check) => check.id === 'go')?.hint).toContain('install Go')
  expect(result.json.error?.message).toMatch(/checks failed: go$/)
})

test('doctor: 0 on a machine that has everything', async () => {
  const machine = makeMachine()
  for (const name of coreTools) putOnPath(machine, name)
  const result = await run(machine, ['doctor'])
  expect([result.exitCode, result.stderr]).toEqual([0, ''])
  expect(result.stdout).toMatch(/\d+ ok, 0 warnings, 0 failed, \d+ skipped\n$/)
})
