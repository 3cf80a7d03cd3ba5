import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGrowth } from '../../src/capacity/growth-file.ts'
import { readPrices } from '../../src/capacity/read-prices.ts'
import { failureOf, folder, world } from '../spec/support.ts'

async function write(name: string, text: string): Promise<string> {
  const file = join(await folder(), name)
  await writeFile(file, text)
  return file
}

const header = 'date,monthlyInterviews,peakConcurrentInterviews,storageTerabytes,gpuNodes\n'

describe('a growth table in a file', () => {
  it('is read from CSV, with units and thousands, and the same from YAML', async () => {
    const csv = await write(
      'g.csv',
      `# ours\n${header}2026-01,"10,000",100 sessions,20 TB,5\r\n2027-01,100000,1000,1.2 PB,\n`,
    )
    const { paths } = await world()
    const rows = await readGrowth(csv, paths)
    expect(rows).toEqual([
      {
        id: '2026-01',
        month: 24_312,
        monthlyInterviews: 10_000,
        peakConcurrentInterviews: 100,
        storageTerabytes: 20,
        gpuNodes: 5,
      },
      {
        id: '2027-01',
        month: 24_324,
        monthlyInterviews: 100_000,
        peakConcurrentInterviews: 1000,
        storageTerabytes: 1200,
        gpuNodes: undefined,
      },
    ])
    const yaml = await write(
      'g.yaml',
      '- { date: 2026-01, monthlyInterviews: 10000, peakConcurrentInterviews: 100, storageTerabytes: 20 TB, gpuNodes: 5 }\n- { date: 2027-01, monthlyInterviews: 100000, peakConcurrentInterviews: 1000, storageTerabytes: 1200 }\n',
    )
    expect(await readGrowth(yaml, paths)).toEqual(rows)
  })

  it.each([
    [
      'a missing column',
      'date,monthlyInterviews\n2026-01,1\n',
      ':1:1: the column peakConcurrentInterviews is missing',
    ],
    [
      'a column nobody knows',
      header.replace('gpuNodes', 'gpuNods'),
      'there is no column "gpuNods"; did you mean gpuNodes',
    ],
    [
      'dates that go back',
      `${header}2026-02,1,1,,\n2026-01,1,1,,\n`,
      ':3:1: 2026-01 does not come after 2026-02',
    ],
    ['a date twice', `${header}2026-02,1,1,,\n2026-02,1,1,,\n`, ':3:1: 2026-02 does not come after'],
    ['a negative number', `${header}2026-01,-5,1,,\n`, ':2:9: monthlyInterviews is -5; it must be above 0'],
    ['what is no number', `${header}2026-01,NaN,1,,\n`, ':2:9: monthlyInterviews is "NaN", not a number'],
    [
      'an absurd unit',
      `${header}2026-01,5,80 sesions,,\n`,
      ':2:11: peakConcurrentInterviews is "80 sesions": "sesions" is no unit of it; did you mean sessions?',
    ],
    ['an absurd amount', `${header}2026-01,1e300,1,,\n`, 'beyond anything that can be planned'],
    ['half an interview', `${header}2026-01,1.5,1,,\n`, 'must be whole'],
    ['a month that is none', `${header}2026-13,1,1,,\n`, 'date is "2026-13"; write'],
    ['an empty cell', `${header}2026-01,,1,,\n`, ':2:9: monthlyInterviews is missing'],
    ['no rows', header, 'the growth table has no rows'],
  ])('is refused for %s, with its place', async (_, text, message) => {
    const { paths } = await world()
    const failure = await failureOf(readGrowth(await write('g.csv', text), paths))
    expect([failure.code, failure.message]).toEqual(['USAGE', expect.stringContaining(message)])
  })

  it('is refused in YAML for a NaN and for what is no list', async () => {
    const { paths } = await world()
    const nan = await write(
      'g.yaml',
      '- { date: 2026-01, monthlyInterviews: .nan, peakConcurrentInterviews: 1 }\n',
    )
    expect((await failureOf(readGrowth(nan, paths))).message).toMatch(/g\.yaml:1:\d+: .*(NaN|nan)/)
    const map = await write('g.yaml', 'rows: 1\n')
    expect((await failureOf(readGrowth(map, paths))).message).toContain('a growth table is a list of rows')
  })
})

describe('a price book', () => {
  it('comes with iv, every price either cited or marked as assumed', async () => {
    const { nodes, storage } = await readPrices(undefined, (await world()).paths)
    for (const price of [...Object.values(nodes), ...Object.values(storage)]) {
      expect('source' in price || ('assumption' in price && price.low < price.high)).toBe(true)
    }
  })

  it.each([
    ['a price is missing', (text: string) => text.replace(/^ {2}media:.*\n/m, ''), 'nodes.media'],
    ['low is above high', (text: string) => text.replace('low: 12', 'low: 99'), 'nodes.gpu-8'],
    ['a price is negative', (text: string) => text.replace('low: 12', 'low: -1'), 'nodes.gpu-8'],
    [
      'currencies are mixed',
      (text: string) => text.replace('low: 12', 'currency: EUR, low: 12'),
      'is in EUR and the book in USD',
    ],
  ])('is refused when %s', async (_, spoil, message) => {
    const { paths } = await world()
    const { readFile } = await import('node:fs/promises')
    const text = await readFile(join(paths.packageRoot, 'templates/prices/default.yaml'), 'utf8')
    const failure = await failureOf(readPrices(await write('p.yaml', spoil(text)), paths))
    expect([failure.code, failure.message]).toEqual(['USAGE', expect.stringContaining(message)])
  })
})
