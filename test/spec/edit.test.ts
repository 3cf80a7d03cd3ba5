import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { editedText, replaceSpecification } from '../../src/spec/edit.ts'

const path = 'pools.sfu.instances.maximum'
const commented = `# head
# the pools
pools:
  sfu: { instances: { minimum: 3, maximum: 30 } } # inline

  # below
  asr:
    instances:
      maximum: 50 # why
`

describe('a specification with another value', () => {
  it('keeps every comment and every other line', () => {
    expect(editedText(commented, [{ path, value: 36 }], 'local')).toBe(commented.replace('30', '36'))
  })

  it('has a new value beside its kin, or at the end', () => {
    const text = editedText('name: x # mine\n', [{ path, value: 36 }], 'local')
    expect(text).toBe('name: x # mine\npools:\n  sfu:\n    instances:\n      maximum: 36\n')
  })

  it('is changed where the environment says it, if it does', () => {
    const before = `environments:\n  production:\n    ${'pools: { sfu: { instances: { maximum: 30 } } }'}\n`
    expect(editedText(before, [{ path, value: 36 }], 'production')).toBe(before.replace('30', '36'))
    expect(editedText(before, [{ path, value: 36 }], 'local')).toContain('maximum: 30')
  })

  it.each([
    ['an alias, which stands for two values', 'pools:\n  sfu: &a { instances: { maximum: 3 } }\n  asr: *a\n'],
    ['a value in the place of a map', 'pools: { sfu: 3 }\n'],
  ])('is refused for %s', (_, before) => {
    expect(() => editedText(before, [{ path, value: 36 }], 'local')).toThrow(/./)
  })
})

describe('replacing the file', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iv-edit-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('goes through a link and keeps the permissions', async () => {
    const [real, link] = [join(folder, 'real.yaml'), join(folder, 'iv.yaml')]
    await writeFile(real, 'a')
    await chmod(real, 0o640)
    await symlink(real, link)
    await replaceSpecification(link, 'a', 'b')
    expect(await readFile(real, 'utf8')).toBe('b')
    expect((await stat(real)).mode & 0o777).toBe(0o640)
    expect(await readFile(link, 'utf8')).toBe('b')
  })

  it('leaves what somebody else wrote meanwhile', async () => {
    const file = join(folder, 'iv.yaml')
    await writeFile(file, 'theirs')
    await expect(replaceSpecification(file, 'a', 'b')).rejects.toThrow('changed meanwhile')
    expect(await readFile(file, 'utf8')).toBe('theirs')
  })
})
