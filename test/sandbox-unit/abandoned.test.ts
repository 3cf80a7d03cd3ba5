import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive } from '../../src/process/identity.ts'
import { sandboxFolder } from '../../src/sandbox/places.ts'
import { startDetached } from '../../src/sandbox/spawn.ts'
import { claim, removeAbandoned, sandboxProjectPrefix } from '../support/abandoned.ts'
import { testCollaborators } from '../support/collaborators.ts'

test('the sandbox of a test process that died is stopped and removed, that of a living one is kept', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'iv-abandoned-'))
  const living = join(parent, `${sandboxProjectPrefix}living`)
  const dead = join(parent, `${sandboxProjectPrefix}dead`)
  await Promise.all([living, dead].map((folder) => mkdir(folder)))
  await claim(living)
  await writeFile(join(dead, 'owner.json'), JSON.stringify({ pid: process.pid, startTime: 'before/1' }))
  const marked = await startDetached({
    file: '/bin/sleep',
    args: ['60'],
    env: {},
    cwd: dead,
    logFile: join(dead, 'log'),
    marker: { folder: sandboxFolder(testCollaborators(dead).paths), component: 'idle' },
  })
  expect(await removeAbandoned(parent)).toEqual([dead])
  expect(marked && isAlive(marked)).toBe(false)
  expect(existsSync(dead)).toBe(false)
  expect(existsSync(living)).toBe(true)
})
