import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assertRoom, isCut, repair } from '../../src/engine/state-care.ts'
import { stateFile } from '../../src/engine/state-file.ts'

const name = { project: 'iv', stack: 'local.us-east', region: 'us-east' }
let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iv-care-'))
  file = stateFile(folder, name)
  await mkdir(dirname(file), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('room for the state', () => {
  test('is refused before anything starts, with path, free and needed', async () => {
    const refused = assertRoom(folder, name, async () => 16_384)
    await expect(refused).rejects.toMatchObject({ code: 'OPERATION', region: 'us-east' })
    await expect(refused).rejects.toThrow(`needs 4.0 MB of space at ${folder}, and 0.0 MB are free`)
  })

  test('is four times its size, where it is large', async () => {
    await writeFile(file, ' '.repeat(3_000_000))
    await expect(assertRoom(folder, name, async () => 11_000_000)).rejects.toThrow('needs 12.0 MB')
    await expect(assertRoom(folder, name, async () => 12_000_000)).resolves.toBeUndefined()
  })
})

describe('a state', () => {
  test('that is whole, or not there, is not cut', async () => {
    expect(await isCut(folder, name)).toBe(false)
    await writeFile(file, '{"version":3}')
    expect(await isCut(folder, name)).toBe(false)
  })

  test.each(['', '{"version":3,"chec'])('cut to %j goes back to its backup and is kept', async (cut) => {
    await writeFile(file, cut)
    await writeFile(`${file}.bak`, '{"version":3}')
    expect(await isCut(folder, name)).toBe(true)
    expect(await repair(folder, name)).toBe('state')
    expect(await readFile(file, 'utf8')).toBe('{"version":3}')
    expect(await readFile(`${file}.cut`, 'utf8')).toBe(cut)
  })

  test('whose notes a kill left empty is read without them', async () => {
    await writeFile(file, '{"version":3}')
    await writeFile(`${file}.attrs`, '')
    await writeFile(`${file}.bak.attrs`, '{"user.content_type":"application/json"}')
    await writeFile(join(dirname(file), 'local.us-west.json.attrs'), '')
    expect(await isCut(folder, name)).toBe(true)
    expect(await repair(folder, name)).toBe('notes')
    expect(await isCut(folder, name)).toBe(false)
    expect(await readdir(dirname(file))).toEqual([
      'local.us-east.json',
      'local.us-east.json.bak.attrs',
      'local.us-west.json.attrs',
    ])
    expect(await readFile(file, 'utf8')).toBe('{"version":3}')
  })

  test('without a whole backup stays as it is', async () => {
    await writeFile(file, '{')
    expect(await repair(folder, name)).toBeUndefined()
    await writeFile(`${file}.bak`, '{"ver')
    expect(await repair(folder, name)).toBeUndefined()
    expect(await readFile(file, 'utf8')).toBe('{')
  })
})
