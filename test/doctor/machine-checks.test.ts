import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { checkDisks } from '../../src/doctor/disk.ts'
import { checkNode, neededNode } from '../../src/doctor/node-version.ts'
import { checkPrograms } from '../../src/doctor/programs.ts'
import { checkSandboxPorts } from '../../src/doctor/sandbox-ports.ts'
import { saveRecord } from '../../src/sandbox/session.ts'
import { coreTools } from '../../src/toolchain/toolchain.ts'
import { makeMachine, onMachine, putFakeGo, putOnPath, writeLock } from '../toolchain/machine.ts'

test('the Node that is needed is the one that the package asks for', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(`>=${neededNode}`).toMatch(new RegExp(`^${engines.node.replaceAll('.', '\\.')}`))
})

test('a Node that is too old fails with what is needed', () => {
  expect(checkNode('22.18.0').status).toBe('ok')
  expect(checkNode('25.0.0').status).toBe('ok')
  expect(checkNode('20.19.4')).toMatchObject({
    status: 'fail',
    detail: 'Node 20.19.4; needed is 22.18.0 or newer',
  })
})

test.each([
  { free: 100, mustBuild: false, status: ['ok', 'ok'] },
  { free: 1, mustBuild: false, status: ['warn', 'warn'] },
  { free: 0.5, mustBuild: false, status: ['warn', 'fail'] },
  { free: 0.1, mustBuild: false, status: ['fail', 'fail'] },
  { free: 5, mustBuild: true, status: ['ok', 'warn'] },
])('$free GB free, building $mustBuild: project and cache $status', async ({ free, mustBuild, status }) => {
  const { paths } = onMachine(makeMachine())
  const checks = await checkDisks({ paths, mustBuild }, () => Promise.resolve(free * 1e9))
  expect(checks.map((check) => check.id)).toEqual(['disk.project', 'disk.cache'])
  expect(checks.map((check) => check.status)).toEqual(status)
  expect(checks.map((check) => check.hint === undefined)).toEqual(status.map((word) => word === 'ok'))
})

test('the disk of a folder that is not made yet is that of the folder above', async () => {
  const machine = makeMachine()
  const { paths } = onMachine(machine)
  const [project] = await checkDisks({ paths, mustBuild: false })
  expect(project?.detail).toContain(`free at ${join(machine.root, '.iv')}`)
})

test('missing programs are warnings that name the command, and Go is asked for when they must be built', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  for (const name of coreTools) if (name !== 'etcd') putOnPath(machine, name)
  const { checks, mustBuild } = await checkPrograms(onMachine(machine))
  expect(mustBuild).toBe(true)
  expect(checks.find((check) => check.id === 'tool.etcd')).toMatchObject({
    status: 'warn',
    hint: 'iv toolchain install etcd',
  })
  expect(checks.filter((check) => check.status === 'ok')).toHaveLength(coreTools.length)
  expect(checks.at(-1)).toMatchObject({
    id: 'go',
    status: 'ok',
    detail: expect.stringContaining('to build etcd'),
  })
})

test('without Go, what must be built fails and says which Go', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  rmSync(join(machine.bin, 'go'))
  for (const name of coreTools) if (name !== 'etcd') putOnPath(machine, name)
  const { checks } = await checkPrograms(onMachine(machine))
  expect(checks.at(-1)).toMatchObject({
    id: 'go',
    status: 'fail',
    hint: 'install Go 1.25.0 or newer and put it on PATH',
  })
})

test('Go is not asked for when nothing is missing, or a release can be had', async () => {
  const machine = makeMachine()
  for (const name of coreTools) if (name !== 'etcd') putOnPath(machine, name)
  writeLock(machine, 'etcd', 'a'.repeat(64))
  const released = await checkPrograms(onMachine(machine))
  expect(released.mustBuild).toBe(false)
  putOnPath(machine, 'etcd')
  const all = await checkPrograms(onMachine(machine))
  for (const { checks } of [released, all]) expect(checks.at(-1)).toMatchObject({ id: 'go', status: 'skip' })
})

test.each([
  ['lock', { IV_TOOLCHAIN_LOCK: '/dev/null' }, '/dev/null'],
  ['mirror', { IV_TOOLCHAIN_MIRROR: 'ftp://example.org' }, 'ftp://example.org'],
])('a %s that cannot be used is one failed line', async (_what, environment, named) => {
  const { checks } = await checkPrograms(onMachine(makeMachine(environment)))
  expect(checks.at(-1)).toMatchObject({
    id: 'toolchain.releases',
    status: 'fail',
    detail: expect.stringContaining(named),
    hint: expect.any(String),
  })
})

test('a wrong version on PATH is named in the line of the program that is used instead', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  putOnPath(machine, 'kubectl', '1.20.0')
  const { checks } = await checkPrograms(onMachine(machine))
  expect(checks.find((check) => check.id === 'tool.kubectl')?.detail).toContain(
    'is 1.20.0, needed is at least 1.34.0',
  )
})

test('without a sandbox it is enough that there are ports', async () => {
  const check = await checkSandboxPorts(3, onMachine(makeMachine()))
  expect(check).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^14 free ports from \d+ on$/) })
})

test('a port that the sandbox remembers and another program has is named with its component', async () => {
  const machine = makeMachine()
  const c = onMachine(machine)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await saveRecord(c, {
    version: 1,
    timeScale: 60,
    startups: [],
    etcd: { name: 'etcd', port: 20_001 },
    etcdPeerPort: 20_002,
    regions: [{ name: 'us-east', index: 0, components: [{ name: 'kube-scheduler', port }] }],
  })
  expect(await checkSandboxPorts(1, c)).toMatchObject({
    status: 'fail',
    detail: `in use by another program: ${port} of kube-scheduler us-east`,
  })
  other.close()
  await once(other, 'close')
  expect((await checkSandboxPorts(1, c)).status).toBe('ok')
})

test('a sandbox record that cannot be read is one failed line, not an end', async () => {
  const machine = makeMachine()
  const c = onMachine(machine)
  await saveRecord(c, { version: 2 } as never)
  expect(await checkSandboxPorts(1, c)).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('was not written by this version'),
  })
})
