import { once } from 'node:events'
import { createServer } from 'node:net'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { withSandboxLock } from '../../src/sandbox/lock.ts'
import { choosePorts, isPortFree, loopback } from '../../src/sandbox/ports.ts'
import { testCollaborators } from '../support/collaborators.ts'

test('a port that somebody listens on is not free and is not chosen', async () => {
  const [port = 0] = await choosePorts(1, { seed: 'test', taken: new Set() })
  const server = createServer().listen(port, loopback)
  await once(server, 'listening')
  expect(await isPortFree(port)).toBe(false)
  expect(await choosePorts(3, { seed: 'test', taken: new Set() })).not.toContain(port)
  server.close()
  await once(server, 'close')
  expect(await isPortFree(port)).toBe(true)
})

test('running out of ports says how many there were', async () => {
  const taken = new Set(Array.from({ length: 65_536 }, (_, port) => port))
  await expect(choosePorts(2, { seed: 'test', taken })).rejects.toMatchObject({
    code: 'OPERATION',
    message: expect.stringContaining('only 0 of 2 ports free'),
  })
})

test('two commands on one sandbox take turns, and the second says whom it waits for', async () => {
  const project = await mkdtemp(join(tmpdir(), 'iv-lock-'))
  const [first, second] = [testCollaborators(project), testCollaborators(project)]
  const steps: string[] = []
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const one = withSandboxLock('iv local up', first, async () => {
    steps.push('one begins')
    await held
    steps.push('one ends')
  })
  // It lets the first one go as soon as it has been told to wait.
  const notify = second.host.notify.bind(second.host)
  second.host.notify = (id, data, region) => {
    notify(id, data, region)
    release()
  }
  const two = withSandboxLock('iv local down', second, async () => {
    steps.push('two begins')
  })
  await Promise.all([one, two])
  expect(steps).toEqual(['one begins', 'one ends', 'two begins'])
  expect(second.host.of('local.waiting')).toEqual([{ holder: `iv local up (process ${process.pid})` }])
})

test('the lock is free again after a failure', async () => {
  const c = testCollaborators(await mkdtemp(join(tmpdir(), 'iv-lock-')))
  await expect(withSandboxLock('one', c, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await withSandboxLock('two', c, () => Promise.resolve('in'))).toBe('in')
})

test('a lock that never comes free ends in a failure that names its holder', async () => {
  const project = await mkdtemp(join(tmpdir(), 'iv-lock-'))
  let now = 0
  const clock = { ...systemClock, monotonicMs: () => (now += 60_000) }
  await withSandboxLock('iv local up', testCollaborators(project), async () => {
    const waiting = withSandboxLock('iv local down', testCollaborators(project, { clock }), () =>
      Promise.resolve(),
    )
    await expect(waiting).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining('iv local up (process'),
    })
  })
})
