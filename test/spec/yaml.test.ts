import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPlatform } from '../../src/spec/load.ts'
import { largestFileBytes } from '../../src/spec/source/file.ts'
import { parseYaml } from '../../src/spec/source/yaml.ts'
import { failureOf, folder, load, refused, world } from './support.ts'

describe('malformed YAML', () => {
  it.each([
    ['an open bracket', 'pools: [1, 2\nname: x\n', 'iv.yaml:2:1'],
    ['an open quote', 'name: "x\n', 'iv.yaml:2:1'],
    ['a tab as indentation', 'pools:\n\tsfu: {}\n', 'iv.yaml:2:1'],
    ['a second document', 'name: x\n---\nname: y\n', 'iv.yaml:2:1'],
    ['an unknown tag', 'name: !secret x\n', 'iv.yaml:1:7'],
    ['an alias of nothing', 'name: *who\n', 'iv.yaml:1:7'],
    ['a map as key', '? { a: 1 }\n: 2\n', 'iv.yaml:1:3'],
    ['a key that would reach the prototype', '__proto__: { polluted: 1 }\n', 'iv.yaml:1:1'],
  ])('%s is one error with its place', async (_, text, place) => {
    const { findings, message, code } = await refused(text)
    expect({ code, places: findings.map((finding) => finding.place) }).toEqual({
      code: 'USAGE',
      places: [place],
    })
    expect(findings[0]?.id).toBe('IV-YAML-001')
    expect(message).toContain(place)
    expect(message).not.toMatch(/YAML\.parse|call stack/)
  })

  it('a key that is written twice is an error at the second one', async () => {
    const { findings } = await refused('pools:\n  sfu: { port: 1 }\n  api: {}\n  sfu: { port: 2 }\n')
    expect(findings).toMatchObject([
      { id: 'IV-YAML-002', path: 'pools.sfu', place: 'iv.yaml:4:3', message: 'pools.sfu is written twice' },
    ])
  })
})

describe('text made to exhaust the reader', () => {
  const nine = (name: string) => `[${Array.from({ length: 9 }, () => name).join(', ')}]`
  const bomb = [
    'a: &a [x]',
    ...'bcdefghij'.split('').map((name, at) => `${name}: &${name} ${nine(`*${'abcdefghi'[at]}`)}`),
  ]

  it.each([
    ['aliases of aliases', bomb.join('\n'), 'IV-YAML-004'],
    ['an alias in itself', 'pools: &p { sfu: *p }', 'IV-YAML-004'],
    ['brackets', '['.repeat(20_000), 'IV-YAML-001'],
    ['dashes', '- '.repeat(20_000), 'IV-YAML-001'],
    [
      'indentation',
      Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'IV-YAML-001',
    ],
    ['values', `pools: [${'1,'.repeat(60_000)}1]`, 'IV-YAML-004'],
    ['commas', `[${','.repeat(10_000)}`, 'IV-YAML-001'],
  ])('%s: one clear error', async (_, text, id) => {
    const { findings } = await refused(text)
    expect(findings.map((finding) => finding.id)).toEqual([id])
    expect(findings[0]?.message.length).toBeLessThan(200)
  })

  it('10 MB with deep aliases is refused by its size before a byte of it is parsed', async () => {
    const text = `${bomb.join('\n')}\n`.padEnd(10_000_000, '# padding\n')
    const { findings, code, message } = await refused(text)
    expect(code).toBe('USAGE')
    expect(findings).toMatchObject([{ id: 'IV-YAML-003', place: 'iv.yaml:1:1' }])
    expect(message).toBe(`iv.yaml is 10000000 bytes; a specification has at most ${largestFileBytes} bytes`)
  })

  it('many keys take linear time', () => {
    const text = Array.from({ length: 12_000 }, (_, index) => `k${index}: 1`).join('\n')
    expect(Object.keys(parseYaml(text, 'iv.yaml').value as object)).toHaveLength(12_000)
  })
})

describe('aliases within reason', () => {
  it('are followed, and a mistake is placed where it was written', async () => {
    const text = 'pools:\n  asr: { instances: &size { minimum: 7 } }\n  tts: { instances: *size }\n'
    const platform = await load(text)
    expect(platform.specification.pools.tts.instances).toEqual({ minimum: 7, maximum: 50 })
    const { findings } = await refused(text.replace('minimum: 7', 'minimum: 70'))
    expect(findings.map(({ path, place }) => [path, place])).toEqual([
      ['pools.asr.instances.minimum', 'iv.yaml:2:38'],
      ['pools.tts.instances.minimum', 'iv.yaml:2:38'],
    ])
  })
})

describe('the file', () => {
  it.each([
    ['does not exist', async () => undefined],
    ['is a folder', async (file: string) => mkdir(file)],
    ['is not UTF-8 text', async (file: string) => writeFile(file, Buffer.from([0x6e, 0xff, 0xfe]))],
  ])('that %s is a clear error', async (what, prepare) => {
    const file = join(await folder(), 'other.yaml')
    await prepare(file)
    const failure = await failureOf(loadPlatform({ file, environment: 'local' }, await world()))
    expect(failure).toMatchObject({ code: 'USAGE', message: `${file} ${what}` })
  })

  it('below something that is no folder is a clear error', async () => {
    const parent = join(await folder(), 'parent')
    await writeFile(parent, '')
    const failure = await failureOf(
      loadPlatform({ file: join(parent, 'iv.yaml'), environment: 'local' }, await world()),
    )
    expect(failure).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('cannot be read: ENOTDIR'),
    })
  })

  it('that never ends is given up at the same size', async () => {
    const failure = await failureOf(loadPlatform({ file: '/dev/zero', environment: 'local' }, await world()))
    expect(failure).toMatchObject({ code: 'USAGE', message: expect.stringContaining('is too large') })
  })

  it('of exactly the largest size is read', async () => {
    const platform = await load('name: other\n'.padEnd(largestFileBytes, '#'))
    expect(platform.specification.name).toBe('other')
  })

  it('is iv.yaml in the project, and may be absent there', async () => {
    expect((await load()).file).toBeUndefined()
    expect((await load('name: other\n')).specification.name).toBe('other')
  })

  it('may be empty, or nothing but comments', async () => {
    const bare = await load()
    expect((await load('')).digest).toBe(bare.digest)
    expect((await load('# nothing yet\n')).digest).toBe(bare.digest)
  })
})
