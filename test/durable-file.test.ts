import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeDurably } from '../src/durable-file.ts'

it('replaces a file as a whole, leaves nothing beside it and keeps it to the user', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-durable-'))
  const path = join(folder, 'state.json')
  await writeDurably(path, 'old')
  await writeDurably(path, 'new')
  expect(await readFile(path, 'utf8')).toBe('new')
  expect(await readdir(folder)).toEqual(['state.json'])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await rm(folder, { recursive: true })
})
