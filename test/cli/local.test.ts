import { mkdtemp, readdir, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { iv } from '../support/iv.ts'

let cwd: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'iv-cli-local-'))
})

test.each([['status'], ['down']])('local %s without a sandbox says so and makes nothing', async (verb) => {
  const text = await iv(['local', verb], { cwd })
  expect(text.exitCode).toBe(0)
  expect(text.stdout).toBe('no sandbox in this project; iv local up makes one\n')
  const { json } = await iv(['local', verb, '--json'], { cwd })
  expect(json).toMatchObject({
    kind: 'LocalStatus',
    ok: true,
    exitCode: 0,
    data: { state: 'absent', regions: [] },
  })
  expect(await readdir(cwd)).toEqual([])
})

test('local logs without a sandbox is exit 6', async () => {
  const result = await iv(['local', 'logs', '--json'], { cwd })
  expect(result.exitCode).toBe(6)
  expect(result.json.error).toMatchObject({ code: 'NOT_FOUND', next: 'iv local up' })
})

test('an unknown region is exit 6 with the nearest name, before anything is made', async () => {
  const result = await iv(['local', 'up', '--regions', 'us-eest', '--json'], { cwd })
  expect(result.exitCode).toBe(6)
  expect(result.json.error).toMatchObject({ code: 'NOT_FOUND', next: expect.stringContaining('us-east') })
  expect(await readdir(cwd)).toEqual([])
})

test.each([['0'], ['-3'], ['1.5'], ['fast']])('a time scale of %s is exit 2', async (scale) => {
  const result = await iv(['local', 'up', `--time-scale=${scale}`, '--json'], { cwd })
  expect(result.exitCode).toBe(2)
  expect(result.json.error).toMatchObject({ code: 'USAGE' })
})

test('local reset without a terminal wants --yes', async () => {
  const refused = await iv(['local', 'reset', '--json'], { cwd })
  expect(refused.exitCode).toBe(2)
  expect(refused.json.error?.next).toContain('--yes')
  const agreed = await iv(['local', 'reset', '--yes', '--json'], { cwd })
  expect(agreed.exitCode).toBe(0)
  expect(agreed.json.data).toMatchObject({ state: 'absent' })
})

test('a machine without the programs and without any means to get them is exit 4, one clear error', async () => {
  const bin = await mkdtemp(join(tmpdir(), 'iv-cli-bin-'))
  await symlink(process.execPath, join(bin, 'node'))
  const env = { PATH: bin, IV_CACHE_DIR: await mkdtemp(join(tmpdir(), 'iv-cli-cache-')) }
  const result = await iv(['local', 'up', '--json'], { cwd, env })
  expect(result.exitCode).toBe(4)
  expect(result.json.error).toMatchObject({ code: 'OPERATION', message: expect.stringContaining('etcd') })
})
