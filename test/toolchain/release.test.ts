import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { toFailure } from '../../src/failure.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import {
  type Machine,
  makeMachine,
  onMachine,
  putFakeGo,
  versionLine,
  writeLock,
  writeProgram,
} from './machine.ts'
import { type Answer, type ReleaseServer, serveRelease } from './release-server.ts'

const servers: ReleaseServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** kubectl is published as the bare program. The padding makes a cut file differ in size and sense. */
const kubectl = Buffer.from(`#!/bin/sh\necho "${versionLine('kubectl')}"\n${'#'.repeat(200_000)}\n`)

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

async function machineWith(content: Buffer, answers: readonly Answer[]) {
  const machine = makeMachine()
  const server = await serveRelease(content, answers, () => bytesIn(downloadFolder(machine)))
  servers.push(server)
  machine.environment['IV_TOOLCHAIN_MIRROR'] = server.url
  const go = putFakeGo(machine, { fail: 'no build wanted here' })
  const c = onMachine(machine)
  // Pauses between attempts are not what is tested.
  return { server, machine, go, c: { ...c, clock: { ...c.clock, sleep: () => Promise.resolve() } } }
}

function downloadFolder(machine: Machine): string {
  return join(machine.root, 'cache/toolchain/downloads')
}

function downloads(machine: Machine): string[] {
  const folder = downloadFolder(machine)
  return existsSync(folder) ? readdirSync(folder) : []
}

function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0
  const sizes = readdirSync(folder).map(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
  )
  return sizes.reduce((total, size) => total + size, 0)
}

test('a release with the locked hash is used, checked by running it, and is in the cache afterwards', async () => {
  const { server, machine, go, c } = await machineWith(kubectl, ['whole'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  const located = (await makeToolchain(c).ensure(['kubectl'])).get('kubectl')
  expect(located).toMatchObject({ version: '1.35.4', source: 'release' })
  expect(server.requests.map((request) => request.path)).toEqual([
    expect.stringMatching(/^\/dl\.k8s\.io\/v1\.35\.4\/bin\/linux\/(amd64|arm64)\/kubectl$/),
  ])
  expect(readFileSync(located?.path ?? '')).toEqual(kubectl)
  expect(existsSync(go)).toBe(false)
  expect(downloads(machine)).toEqual([])
  expect((await makeToolchain(c).find('kubectl'))?.source).toBe('cache')
})

test('without a hash in the lock nothing is fetched', async () => {
  const { server, c } = await machineWith(kubectl, ['whole'])
  const message = await makeToolchain(c)
    .ensure(['kubectl'])
    .catch((error: unknown) => toFailure(error).message)
  expect(message).toContain('toolchain.lock holds no hash of kubectl 1.35.4')
  expect(server.requests).toEqual([])
})

test('a release with another hash is never run, is deleted, and the build is tried', async () => {
  const bad = Buffer.from(`#!/bin/sh\ntouch "$0.was-run"\necho "${versionLine('kubectl')}"\n`)
  const { machine, go, c } = await machineWith(bad, ['whole'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  const failure = await makeToolchain(c).ensure(['kubectl']).catch(toFailure)
  expect(toFailure(failure).message).toContain(
    `has sha256 ${sha256(bad)}, toolchain.lock says ${sha256(kubectl)}`,
  )
  expect(toFailure(failure).message).toContain('no build wanted here')
  expect(readFileSync(go, 'utf8')).toContain('cmd/kubectl')
  expect(downloads(machine)).toEqual([])
  expect(await makeToolchain(c).find('kubectl')).toBeUndefined()
  expect(c.host.of('toolchain.source-failed')).toHaveLength(1)
})

test('a connection that breaks half way is resumed where it broke', async () => {
  const { server, machine, c } = await machineWith(kubectl, ['cut', 'whole'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  const located = (await makeToolchain(c).ensure(['kubectl'])).get('kubectl')
  expect(located?.source).toBe('release')
  const [first, second] = server.requests
  expect(first?.range).toBeUndefined()
  expect(second?.range).toMatch(/^bytes=[1-9]\d*-$/)
  expect(readFileSync(located?.path ?? '')).toEqual(kubectl)
})

test('a server that does not resume sends all of it again', async () => {
  const { machine, c } = await machineWith(kubectl, ['cut', 'no-range'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  expect((await makeToolchain(c).ensure(['kubectl'])).get('kubectl')?.source).toBe('release')
})

test('a truncated file is refused, though the server says that it is whole', async () => {
  const { machine, c } = await machineWith(kubectl.subarray(0, 1000), ['whole'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  const failure = await makeToolchain(c).ensure(['kubectl']).catch(toFailure)
  expect(toFailure(failure).message).toContain('toolchain.lock says')
  expect(downloads(machine)).toEqual([])
})

test('a connection that always breaks is given up after three attempts, and the next run goes on from there', async () => {
  const { server, machine, c } = await machineWith(kubectl, ['cut', 'cut', 'cut', 'whole'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  await makeToolchain(c).ensure(['kubectl']).catch(toFailure)
  expect(server.requests).toHaveLength(3)
  expect(downloads(machine)).toEqual([expect.stringMatching(/\.part$/)])
  expect((await makeToolchain(c).ensure(['kubectl'])).get('kubectl')?.source).toBe('release')
  expect(server.requests[3]?.range).toMatch(/^bytes=[1-9]/)
})

test.each([
  ['error', 3, 'answered 503'],
  ['missing', 1, 'answered 404'],
] as const)('a server that answers %s is asked %i times', async (answer, times, reason) => {
  const { server, machine, c } = await machineWith(kubectl, [answer])
  writeLock(machine, 'kubectl', sha256(kubectl))
  const failure = await makeToolchain(c).ensure(['kubectl']).catch(toFailure)
  expect(toFailure(failure).message).toContain(reason)
  expect(server.requests).toHaveLength(times)
})

test('a server that is not there is named with the reason', async () => {
  const { server, machine, c } = await machineWith(kubectl, ['whole'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  await server.close()
  const failure = await makeToolchain(c).ensure(['kubectl']).catch(toFailure)
  expect(toFailure(failure).message).toMatch(/release: http.*ECONNREFUSED/)
})

test('a server that accepts and says nothing is given up', async () => {
  const { machine, c } = await machineWith(kubectl, ['silent'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  const every = (ms: number, tick: () => void) => c.clock.every(ms / 500, tick)
  let nowMs = 0
  const clock = { ...c.clock, every, monotonicMs: () => (nowMs += 5000) }
  const failure = await makeToolchain({ ...c, clock })
    .ensure(['kubectl'])
    .catch(toFailure)
  expect(toFailure(failure).message).toContain('sent nothing for 30 s')
  expect(c.host.of('toolchain.downloading').length).toBeGreaterThan(0)
})

test('left-overs longer than the file are thrown away and fetched anew', async () => {
  const { machine, c } = await machineWith(kubectl, ['whole'])
  writeLock(machine, 'kubectl', sha256(kubectl))
  const folder = join(machine.root, 'cache/toolchain/downloads')
  mkdirSync(folder, { recursive: true })
  const name = `kubectl-1.35.4-linux-amd64-${sha256(kubectl).slice(0, 12)}.part`
  writeFileSync(join(folder, name), Buffer.alloc(kubectl.length + 1))
  expect((await makeToolchain(c).ensure(['kubectl'])).get('kubectl')?.source).toBe('release')
})

test('an archive is unpacked, also where its folder has the name of the program', async () => {
  const root = makeMachine().root
  writeProgram(join(root, 'pulumi/pulumi'), `echo "${versionLine('pulumi')}"`)
  writeProgram(join(root, 'pulumi/pulumi-language-go'), 'exit 1')
  execFileSync('tar', ['-czf', join(root, 'pulumi.tar.gz'), '-C', root, 'pulumi'])
  const archive = readFileSync(join(root, 'pulumi.tar.gz'))
  const { server, machine, c } = await machineWith(archive, ['whole'])
  machine.environment['PATH'] += ':/usr/bin:/bin'
  writeLock(machine, 'pulumi', sha256(archive))
  const located = (await makeToolchain(c).ensure(['pulumi'])).get('pulumi')
  expect(located).toMatchObject({ version: '3.259.0', source: 'release' })
  expect(server.requests[0]?.path).toMatch(
    /^\/get\.pulumi\.com\/releases\/sdk\/pulumi-v3\.259\.0-linux-(x64|arm64)\.tar\.gz$/,
  )
  expect(downloads(machine)).toEqual([])
})

test('a damaged lock is an error that names the file, not an absent hash', async () => {
  const { machine, c } = await machineWith(kubectl, ['whole'])
  writeLock(machine, 'kubectl', 'abc')
  const failure = toFailure(await makeToolchain(c).ensure(['kubectl']).catch(toFailure))
  expect(failure.code).toBe('USAGE')
  expect(failure.message).toBe(`${machine.lock} is no toolchain lock of version 1`)
})

test('the lock that is shipped holds no hash that nobody fetched', () => {
  const shipped = new URL('../../templates/toolchain/toolchain.lock', import.meta.url)
  const { releases } = JSON.parse(readFileSync(shipped, 'utf8')) as { releases: object }
  expect(releases).toEqual({})
})
