import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { lockedHash, readReleaseLock, withHash, writeReleaseLock } from '../../src/toolchain/release-lock.ts'
import { tools } from '../../src/toolchain/tools.ts'
import { coreTools } from '../../src/toolchain/toolchain.ts'

const folder = mkdtempSync(join(tmpdir(), 'iv-lock-'))
const file = join(folder, 'toolchain.lock')
afterAll(() => rmSync(folder, { recursive: true }))

const pin = fc.record({
  name: fc.constantFrom(...coreTools),
  platform: fc.constantFrom('linux-amd64', 'linux-arm64', 'darwin-arm64'),
  sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
})

test('whatever is pinned in whatever order, the last hash of each release is what is read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(pin, { maxLength: 12 }), async (pins) => {
      const empty = await readReleaseLock(`${file}.absent`)
      const lock = pins.reduce((before, { name, platform, sha256 }) => {
        return withHash(before, tools[name], { platform, sha256 })
      }, empty)
      await writeReleaseLock(file, lock)
      const read = await readReleaseLock(file)
      const last = new Map(pins.map(({ name, platform, sha256 }) => [`${name} ${platform}`, sha256]))
      for (const { name, platform } of pins) {
        expect(lockedHash(read, tools[name], platform)).toBe(last.get(`${name} ${platform}`))
      }
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['not JSON', '{"version": 1,'],
  ['another version', '{"version": 2, "releases": {}}'],
  ['a short hash', '{"version": 1, "releases": {"etcd": {"3.6.7": {"linux-amd64": "sha256:abc"}}}}'],
  ['an md5', `{"version": 1, "releases": {"etcd": {"3.6.7": {"linux-amd64": "md5:${'a'.repeat(64)}"}}}}`],
  ['a list', '[]'],
  ['a tool without versions', '{"version": 1, "releases": {"etcd": "sha256"}}'],
])('a lock that is %s is refused with its path', async (_what, text) => {
  writeFileSync(file, text)
  await expect(readReleaseLock(file)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining(file),
  })
})

test('a hash of another version of the program does not count', async () => {
  const lock = withHash(await readReleaseLock(`${file}.absent`), tools.etcd, {
    platform: 'linux-amd64',
    sha256: 'a'.repeat(64),
  })
  expect(lockedHash(lock, { name: 'etcd', wanted: '3.6.8' }, 'linux-amd64')).toBeUndefined()
})
