import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { toFailure } from '../../src/failure.ts'
import { plainStyle } from '../../src/report/style.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { pinReleases } from '../../src/toolchain/pin.ts'
import { pinWriter } from '../../src/toolchain/pin-result.ts'
import { here, makeMachine, onMachine, putFakeGo, versionLine, writeLock } from './machine.ts'
import { type Answer, type ReleaseServer, serveRelease } from './release-server.ts'

const content = Buffer.from(`#!/bin/sh\necho "${versionLine('kubectl')}"\n`)
const hash = createHash('sha256').update(content).digest('hex')
let server: ReleaseServer | undefined

afterEach(() => server?.close())

async function machineWith(answers: readonly Answer[], bytes = content) {
  server = await serveRelease(bytes, answers)
  const machine = makeMachine({ IV_TOOLCHAIN_MIRROR: server.url })
  putFakeGo(machine, { fail: 'no build wanted here' })
  const c = onMachine(machine)
  return { machine, c: { ...c, clock: { ...c.clock, sleep: () => Promise.resolve() } } }
}

test('what pin writes is what install then accepts', async () => {
  const { machine, c } = await machineWith(['whole'])
  const report = await pinReleases({ names: ['kubectl'], platforms: [] }, c)
  expect(report.data.pins).toMatchObject([{ name: 'kubectl', platform: here, sha256: hash, change: 'added' }])
  expect(readFileSync(machine.lock, 'utf8')).toContain(`"${here}": "sha256:${hash}"`)
  expect((await makeToolchain(c).ensure(['kubectl'])).get('kubectl')?.source).toBe('release')
})

test('pinning again says the same; a release that was replaced is shown as changed', async () => {
  const { machine, c } = await machineWith(['whole'])
  writeLock(machine, 'kubectl', hash)
  expect((await pinReleases({ names: ['kubectl'], platforms: [] }, c)).data.pins[0]?.change).toBe('same')
  writeLock(machine, 'kubectl', '0'.repeat(64))
  const report = await pinReleases({ names: ['kubectl'], platforms: [] }, c)
  expect(report.data.pins[0]?.change).toBe('changed')
  expect(pinWriter.text(report.data, plainStyle)).toContain('changed')
})

test('a release of another platform is hashed without being run, and other hashes stay', async () => {
  const { machine, c } = await machineWith(['whole'], Buffer.from('no program of this machine'))
  writeLock(machine, 'kubectl', hash)
  await pinReleases({ names: ['kubectl'], platforms: ['darwin-arm64'] }, c)
  const lock = readFileSync(machine.lock, 'utf8')
  expect(lock).toContain(`"${here}": "sha256:${hash}"`)
  expect(lock).toContain('"darwin-arm64": "sha256:')
})

test('a file that does not tell the wanted version is not pinned', async () => {
  const { machine, c } = await machineWith(
    ['whole'],
    Buffer.from('#!/bin/sh\necho "Client Version: v1.35.3"\n'),
  )
  const failure = toFailure(await pinReleases({ names: ['kubectl'], platforms: [] }, c).catch(toFailure))
  expect(failure.message).toBe('kubectl as installed is 1.35.3 instead of 1.35.4')
  expect(existsSync(machine.lock)).toBe(false)
})

test('nothing is written unless every release was fetched', async () => {
  const { machine, c } = await machineWith(['whole', 'missing'])
  const failure = toFailure(
    await pinReleases({ names: ['kubectl'], platforms: [here, 'darwin-arm64'] }, c).catch(toFailure),
  )
  expect(failure.code).toBe('OPERATION')
  expect(failure.message).toContain('answered 404')
  expect(existsSync(machine.lock)).toBe(false)
})

test('a platform for which nothing is published is a usage error that names those there are', async () => {
  const { c } = await machineWith(['whole'])
  const failure = toFailure(
    await pinReleases({ names: ['etcd'], platforms: ['windows-amd64'] }, c).catch(toFailure),
  )
  expect(failure.code).toBe('USAGE')
  expect(failure.next).toBe('it is for: linux-amd64, linux-arm64')
})

test('the lock can be another file, for installations that are read-only', async () => {
  const { machine, c } = await machineWith(['whole'])
  const file = join(machine.root, 'my.lock')
  const environment = { ...machine.environment, IV_TOOLCHAIN_LOCK: file }
  await pinReleases({ names: ['kubectl'], platforms: [] }, { ...c, environment })
  expect(readFileSync(file, 'utf8')).toContain(hash)
  expect(existsSync(machine.lock)).toBe(false)
})

test('a lock that cannot be written is an error that says what to do', async () => {
  const { machine, c } = await machineWith(['whole'])
  const environment = { ...machine.environment, IV_TOOLCHAIN_LOCK: join(machine.root, 'nowhere', 'my.lock') }
  const failure = toFailure(
    await pinReleases({ names: ['kubectl'], platforms: [] }, { ...c, environment }).catch(toFailure),
  )
  expect(failure.message).toContain('cannot write')
  expect(failure.next).toContain('IV_TOOLCHAIN_LOCK')
})
