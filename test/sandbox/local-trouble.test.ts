import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import { sandboxFolder, sandboxRecordFile } from '../../src/sandbox/places.ts'
import { localReset } from '../../src/sandbox/reset.ts'
import { localStatus } from '../../src/sandbox/status.ts'
import { commandLinesWith, type LocalProject, makeLocalProject } from './local-project.ts'

let project: LocalProject

beforeEach(async () => {
  project = await makeLocalProject()
})

afterEach(async () => {
  await project.remove()
})

/** Aborts as soon as an event of a component says `state`. */
function abortWhen(component: string, state: string): AbortSignal {
  const controller = new AbortController()
  const { host } = project.c
  const notify = host.notify.bind(host)
  host.notify = (id, data, region) => {
    notify(id, data, region)
    const seen = data as { component?: string; state?: string }
    if (seen.component === component && seen.state === state)
      controller.abort(new Failure('CANCELLED', 'interrupted by the test'))
  }
  return controller.signal
}

test.each([
  ['etcd', 'starting'],
  ['kube-apiserver', 'starting'],
  ['kwok', 'starting'],
])(
  'an up that is interrupted when %s is %s leaves nothing that down does not stop',
  async (component, state) => {
    const signal = abortWhen(component, state)
    await expect(project.up(['us-east'], { signal })).rejects.toMatchObject({ code: 'CANCELLED' })
    await project.down()
    expect(await project.processes()).toEqual([])
  },
)

test('an up that was interrupted is taken up by the next one', async () => {
  const signal = abortWhen('kube-apiserver', 'ready')
  await expect(project.up(['us-east'], { signal })).rejects.toMatchObject({ code: 'CANCELLED' })
  const server = await project.pidOf('us-east', 'kube-apiserver')
  const data = await project.up(['us-east'])
  expect(data.state).toBe('running')
  expect(await project.pidOf('us-east', 'kube-apiserver')).toBe(server)
  expect((await project.ask('us-east', '/readyz')).status).toBe(200)
})

test('processes that no record knows are found and stopped', async () => {
  await project.up(['us-east'])
  const before = await project.processes()
  await rm(sandboxRecordFile(project.c.paths))
  await project.up(['us-east'])
  const after = await project.processes()
  expect(after).toHaveLength(before.length)
  expect(after.some((pid) => before.includes(pid))).toBe(false)
  expect(project.c.host.of('local.leftover')).toHaveLength(1)
})

test('a port that another program took in the meantime is named', async () => {
  await project.up(['us-east'])
  await project.down()
  const port = (await project.record()).etcd.port
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  await expect(project.up(['us-east'])).rejects.toMatchObject({
    code: 'OPERATION',
    message: `port ${port} of etcd is in use by another program`,
  })
  server.close()
  await once(server, 'close')
  expect((await project.up(['us-east'])).state).toBe('running')
})

test('a component that does not start is reported with its own last words', async () => {
  await project.up(['us-east'])
  await project.down()
  const certificate = join(sandboxFolder(project.c.paths), 'regions', '_shared', 'tls', 'server.crt')
  await writeFile(certificate, 'not a certificate')
  await expect(project.up(['us-east'])).rejects.toMatchObject({
    code: 'OPERATION',
    message: expect.stringMatching(/^etcd ended while starting: .+/),
    next: expect.stringContaining('etcd.log'),
  })
})

test('a full disk is noticed before anything is started', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('mounting a small disk needs root')
  const disk = await mkdtemp(join(tmpdir(), 'iv-small-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk])
  try {
    const small = await makeLocalProject(disk)
    await expect(small.up(['us-east'])).rejects.toMatchObject({
      code: 'OPERATION',
      message: expect.stringContaining('the sandbox needs 400 MB'),
    })
    expect(await small.processes()).toEqual([])
  } finally {
    execFileSync('umount', [disk])
  }
})

test('reset asks, then removes the sandbox and its stacks and those of no other environment', async () => {
  await project.up(['us-east'])
  const stacks = join(project.c.paths.data, 'state', '.pulumi', 'stacks', 'platform')
  await mkdir(stacks, { recursive: true })
  for (const name of ['local.us-east.json', 'local.us-east.json.bak', 'staging.us-east.json'])
    await writeFile(join(stacks, name), '{}')
  const declined = { ...project.c, host: new RecorderHost([false]) }
  await expect(localReset({}, declined)).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await localStatus({}, project.c)).data.state).toBe('running')
  const { data } = await localReset({}, { ...project.c, host: new RecorderHost([true]) })
  expect(data.state).toBe('absent')
  expect(existsSync(sandboxFolder(project.c.paths))).toBe(false)
  expect(existsSync(join(stacks, 'staging.us-east.json'))).toBe(true)
  expect(existsSync(join(stacks, 'local.us-east.json'))).toBe(false)
  expect(existsSync(join(stacks, 'local.us-east.json.bak'))).toBe(false)
  expect(commandLinesWith(project.c.paths.project)).toEqual([])
})

test('reset also frees a project whose record is damaged', async () => {
  await project.up(['us-east'])
  await writeFile(sandboxRecordFile(project.c.paths), '{"version"')
  await expect(localStatus({}, project.c)).rejects.toMatchObject({ code: 'OPERATION' })
  await localReset({}, { ...project.c, host: new RecorderHost([true]) })
  expect(await project.processes()).toEqual([])
  expect((await localStatus({}, project.c)).data.state).toBe('absent')
})
