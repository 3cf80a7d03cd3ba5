import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { engineEnvironment, providerEnvironment } from '../../src/engine/environment.ts'
import { isAbandoned, readLocks } from '../../src/engine/lock.ts'
import { engineHome, fileBackendFolder } from '../../src/engine/places.ts'
import { chooseProvider } from '../../src/engine/provider-choice.ts'
import { formatRecord, parseRecord, recordTag } from '../../src/engine/record.ts'
import { lockFolder, readStackRecord, stateFile } from '../../src/engine/state-file.ts'
import { testCollaborators } from '../support/collaborators.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iv-state-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const name = { project: 'iv', stack: 'local.us-east', region: 'us-east' }
const record = { provider: 'bundled', clusterUid: 'u-1' } as const

describe('the record of a stack', () => {
  test('is nothing where there is no stack, and empty where iv did not make it', async () => {
    expect(await readStackRecord(folder, name)).toBeUndefined()
    await mkdir(dirname(stateFile(folder, name)), { recursive: true })
    await writeFile(stateFile(folder, name), '{}')
    expect(await readStackRecord(folder, name)).toEqual({ provider: undefined, clusterUid: undefined })
  })

  test('is read from the tag beside the state', async () => {
    await mkdir(dirname(stateFile(folder, name)), { recursive: true })
    await writeFile(stateFile(folder, name), '{}')
    const tags = { version: 1, tags: { [recordTag]: formatRecord(record) } }
    await writeFile(stateFile(folder, name).replace('.json', '.pulumi-tags'), JSON.stringify(tags))
    expect(await readStackRecord(folder, name)).toEqual(record)
  })

  test.each([undefined, '', 'not json', '[]', 'null', '{"provider":"other","clusterUid":4}'])(
    'of a tag %j says nothing',
    (tag) => {
      expect(parseRecord(tag)).toEqual({ provider: undefined, clusterUid: undefined })
    },
  )
})

describe('locks', () => {
  const since = '2026-11-24T22:00:00Z'
  test('are read from the state; a damaged one is held by somebody unknown', async () => {
    await mkdir(lockFolder(folder, name), { recursive: true })
    const lock = { pid: 4711, username: 'ops', hostname: 'build-7', timestamp: since }
    await writeFile(join(lockFolder(folder, name), 'a.json'), JSON.stringify(lock))
    await writeFile(join(lockFolder(folder, name), 'b.json'), '{"pid":')
    const locks = await readLocks(folder, name)
    expect(locks).toContainEqual({ pid: 4711, host: 'build-7', since })
    expect(locks.map(isAbandoned)).toEqual([false, false])
  })

  test('are abandoned only on this machine and without a living engine', async () => {
    const host = hostname()
    expect(isAbandoned({ pid: 2 ** 22 + 1, host, since })).toBe(true)
    expect(isAbandoned({ pid: 2 ** 22 + 1, host: 'elsewhere', since })).toBe(false)
    // This process lives, but it is not the engine: its number was given away.
    expect(isAbandoned({ pid: process.pid, host, since })).toBe(true)
  })
})

describe('the environment of the engine', () => {
  test('drops what of the user would win over ours, keeps credentials', async () => {
    const environment = {
      PULUMI_BACKEND_URL: 's3://theirs',
      PULUMI_HOME: '/theirs',
      PULUMI_STACK: 'theirs',
      PULUMI_ACCESS_TOKEN: 'token',
      AWS_PROFILE: 'ops',
    }
    const c = testCollaborators(folder, { environment })
    const env = await engineEnvironment({ backend: 'file:///ours', ownKey: false }, c)
    expect(env).toMatchObject({
      PULUMI_BACKEND_URL: 'file:///ours',
      PULUMI_HOME: engineHome(c.paths),
      PULUMI_ACCESS_TOKEN: 'token',
      AWS_PROFILE: 'ops',
    })
    expect(env).not.toHaveProperty('PULUMI_STACK')
  })

  test('has a key of its own for the sandbox, private, and the same every time', async () => {
    const c = testCollaborators(folder, { environment: { PULUMI_CONFIG_PASSPHRASE: 'theirs' } })
    const input = { backend: 'file:///ours', ownKey: true }
    const [first, second] = await Promise.all([engineEnvironment(input, c), engineEnvironment(input, c)])
    const file = first['PULUMI_CONFIG_PASSPHRASE_FILE'] ?? ''
    const key = await readFile(file, 'utf8')
    expect(key.trim()).toMatch(/^[\w-]{43}$/)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await engineEnvironment(input, c)
    expect(await readFile(file, 'utf8')).toBe(key)
    expect(second).toEqual(first)
    expect(first).not.toHaveProperty('PULUMI_CONFIG_PASSPHRASE')
  })

  test('attaches the bundled provider and spares the search for its plugin', () => {
    expect(providerEnvironment({})).toEqual({})
    expect(providerEnvironment({ port: 4100, kubeconfig: '/k' })).toEqual({
      KUBECONFIG: '/k',
      PULUMI_DEBUG_PROVIDERS: 'kubernetes:4100',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    })
  })
})

describe('the choice of provider', () => {
  const question = {
    region: 'us-east',
    stack: 'prod.us-east',
    environment: 'prod',
    recorded: undefined,
  } as const
  const choose = (change: object) =>
    chooseProvider(
      { ...question, flag: 'auto', ...change },
      testCollaborators(folder, { environment: { PATH: folder } }),
    )

  test('auto is bundled in the sandbox and without a plugin, official with one', async () => {
    expect(await choose({ environment: 'local' })).toBe('bundled')
    expect(await choose({})).toBe('bundled')
    await writeFile(join(folder, 'pulumi-resource-kubernetes'), '')
    expect(await choose({})).toBe('official')
    expect(await choose({ environment: 'local' })).toBe('bundled')
  })

  test('auto keeps to what made the stack, and a change by name is refused', async () => {
    expect(await choose({ recorded: 'official', environment: 'local' })).toBe('official')
    expect(await choose({ recorded: 'bundled', flag: 'bundled' })).toBe('bundled')
    const refused = choose({ recorded: 'bundled', flag: 'official' })
    await expect(refused).rejects.toMatchObject({ code: 'REFUSED', region: 'us-east' })
    await expect(refused).rejects.toThrow('made by the bundled provider')
  })
})

test.each([
  ['file:///srv/state', '/srv/state'],
  ['file:///srv/my%20state?metadata=skip', '/srv/my state'],
  ['file://~', undefined],
  ['s3://bucket', undefined],
])('the folder of backend %s is %s', (backend, expected) => {
  expect(fileBackendFolder(backend)).toBe(expected)
})
