import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCsv } from '../../src/capacity/csv.ts'
import { expectSound, inBrowser } from '../support/browser.ts'
import { iv } from '../support/iv.ts'

let cwd: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'iv-capacity-'))
})

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true })
})

describe('iv capacity-plan', () => {
  it('plans the four rows and exits 0', async () => {
    const { exitCode, json } = await iv(['capacity-plan', '--json'], { cwd })
    expect(exitCode).toBe(0)
    expect(json).toMatchObject({ kind: 'CapacityPlan', ok: true })
    const horizons = json.data['horizons'] as { id: string; gpu: { needed: number } }[]
    expect(horizons.map(({ id, gpu }) => [id, gpu.needed])).toEqual([
      ['current', 5],
      ['y1', 50],
      ['y2', 200],
      ['y3', 400],
    ])
  })

  it('says what year 2 lacks when a region is lost, and exits 5', async () => {
    const args = [
      'capacity-plan',
      '--horizon',
      'y2',
      '--survive',
      'region',
      '--set',
      'affinity.ringSlots=1024',
    ]
    const { exitCode, stdout: lines } = await iv(args, { cwd })
    expect(exitCode).toBe(5)
    const stdout = lines.replaceAll(/\n {4,}/g, ' ')
    expect(stdout).toContain('capacity-plan  horizon y2   survive region   3 regions')
    expect(stdout).toMatch(/SFU +63 +96/)
    expect(stdout).toMatch(/GPU node +200 +300/)
    expect(stdout).toContain('300 needed, growth row says 200: short 100, unless a node carries 37.5')
    expect(stdout).toContain('hash ring slots 1,024, 4,800 wanted per region   IV-RING-001')
    expect(stdout).toContain('interviewsPerGpuNode  +20 % -> -48 nodes, -20 % -> +75 nodes')
    expect(stdout).toContain('gate capacity.gpu.survive-region')
  })

  it.each([
    ['a month over budget', ['--horizon', 'y1', '--max-monthly', '1000'], 'capacity.cost.monthly'],
    ['too steep an increase', ['--horizon', 'y1', '--max-increase', '10%'], 'capacity.cost.increase'],
    ['too few GPU nodes', ['--horizon', 'y2', '--set', 'capacity.interviewsPerGpuNode=20'], 'capacity.gpu'],
  ])('exits 5 for %s, naming the gate', async (_, args, gate) => {
    const { exitCode, json } = await iv(['capacity-plan', ...args, '--json'], { cwd })
    expect([exitCode, json.error?.code]).toEqual([5, 'POLICY'])
    expect(json.findings.map(({ id }) => id)).toContain(gate)
  })

  it.each([
    ['a row that is not there', ['--horizon', 'y9'], 'y9'],
    ['a date outside', ['--at', '2040-01'], 'outside the growth table'],
    ['what is no date', ['--at', 'soon'], 'not a date'],
    ['a number the model has not', ['--set', 'capacity.gpuNodeQuoat=3'], 'gpuNodeQuoat'],
    ['a number out of range', ['--set', 'capacity.waitTailPercent=200'], 'waitTailPercent'],
    ['one plan to compare', ['--compare', 'y1'], 'does not name two plans'],
    ['a file that is not there', ['--growth', 'nowhere.csv'], 'nowhere.csv does not exist'],
    ['a budget that is no number', ['--max-monthly', 'much'], 'much'],
  ])('exits 2 for %s', async (_, args, message) => {
    const { exitCode, json } = await iv(['capacity-plan', ...args, '--json'], { cwd })
    expect([exitCode, json.error?.message]).toEqual([2, expect.stringContaining(message)])
  })

  it('takes a growth table of the user, and every format', async () => {
    await writeFile(
      join(cwd, 'g.csv'),
      'id,date,monthlyInterviews,peakConcurrentInterviews\nnow,2026-01,4000,40\nlater,2027-01,8000,80\n',
    )
    const markdown = await iv(['capacity-plan', '--growth', 'g.csv', '-o', 'markdown'], { cwd })
    expect(markdown.stdout).toMatch(/^\| HORIZON \| PEAK .*\n\|---\|---:.*\n\| now \| 40 \|/)
    const wide = await iv(['capacity-plan', '--growth', 'g.csv', '--compare', 'now,later', '-o', 'wide'], {
      cwd,
    })
    expect(wide.stdout).toMatch(/INSTANCES +now\/none +later\/none +CHANGE/)
    expect(wide.stdout).toContain('capacity.interviewMinutes = 45 min  (assumption')
    const between = await iv(['capacity-plan', '--growth', 'g.csv', '--at', '2026-07', '--json'], { cwd })
    expect(between.json.data['horizons']).toMatchObject([{ inputs: { peakConcurrentInterviews: 57 } }])
  })

  it('fits 80 columns, one row or all of them', async () => {
    for (const args of [[], ['--horizon', 'y2', '--survive', 'region'], ['--at', '2026-07']]) {
      const { stdout } = await iv(['capacity-plan', ...args], { cwd })
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    }
  })

  it('writes a page that is sound in a real browser, and every figure as CSV', async (context) => {
    const args = ['capacity-plan', '--survive', 'region', '--html', 'plan.html', '--csv', 'plan.csv']
    const { exitCode, json } = await iv([...args, '--json'], { cwd })
    expect(exitCode).toBe(5)
    expect(json.data['files']).toEqual([join(cwd, 'plan.csv'), join(cwd, 'plan.html')])
    const [header, ...rows] = parseCsv(await readFile(join(cwd, 'plan.csv'), 'utf8')).map((cells) =>
      cells.map(({ text }) => text).join(' '),
    )
    expect(header).toBe('horizon date survive region subject measure value unit')
    expect(rows).toContain('y2 2027-01 region us-east sfu floor 21 instances')
    const page = await readFile(join(cwd, 'plan.html'), 'utf8')
    for (const title of [
      'Growth',
      'Pools over time',
      'Cost by pool',
      'Sensitivity of the cost, y3',
      'Storage tiers',
    ]) {
      expect(page).toContain(title)
    }
    await inBrowser(context, (browser) => expectSound(browser, join(cwd, 'plan.html')))
  })

  it('exits 4 for a page that cannot be written', async () => {
    const { exitCode, json } = await iv(['capacity-plan', '--html', 'nowhere/plan.html', '--json'], { cwd })
    expect([exitCode, json.error?.message]).toEqual([4, expect.stringContaining('nowhere/plan.html: ENOENT')])
  })

  it('writes the bounds of a plan into iv.yaml and keeps its comments; a second time there is nothing to write', async () => {
    await iv(['init', '--preset', 'seed'], { cwd })
    const before = await readFile(join(cwd, 'iv.yaml'), 'utf8')
    const args = ['capacity-plan', '--horizon', 'y1', '--write']
    const unasked = await iv(args, { cwd })
    expect([unasked.exitCode, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')])
    expect(await readFile(join(cwd, 'iv.yaml'), 'utf8')).toBe(before)
    const { exitCode, json } = await iv([...args, '--yes', '--json'], { cwd })
    expect(exitCode).toBe(0)
    expect(json.data['written']).toContainEqual({ path: 'pools.llm.instances.maximum', from: 20, to: 26 })
    const after = await readFile(join(cwd, 'iv.yaml'), 'utf8')
    const comments = (text: string): string[] => text.match(/#.*/g) ?? []
    expect(comments(after)).toEqual(comments(before))
    const again = await iv([...args, '--yes', '--json'], { cwd })
    expect([again.exitCode, again.json.data['written']]).toEqual([0, []])
  })

  it('writes nothing of a plan that cannot be met, or where there are several plans or no file', async () => {
    const write = async (...args: string[]): Promise<number> =>
      (await iv(['capacity-plan', '--write', '--yes', ...args], { cwd })).exitCode
    expect([await write('--horizon', 'y1'), await write()]).toEqual([2, 2])
    await writeFile(join(cwd, 'iv.yaml'), 'name: mine # this one\n')
    expect(await write('--horizon', 'y2', '--survive', 'region')).toBe(5)
    expect(await readFile(join(cwd, 'iv.yaml'), 'utf8')).toBe('name: mine # this one\n')
  })
})
