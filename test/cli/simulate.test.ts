import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iv, type IvResult } from '../support/iv.ts'

let cwd: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'iv-simulate-'))
})

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true })
})

const short = ['--set', 'scenario.until=7m']

describe('iv simulate', () => {
  it('judges a scenario, says that it is simulated, and writes a page', async () => {
    const { exitCode, stdout } = await iv(['simulate', 'sfu-crash', '--html', 'run.html'], { cwd })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('simulated: 15 min 0 s of virtual time')
    expect(stdout).toMatch(/Nobody is offered another slot before 60s +<= 1m +[\d.]+ s +\d+ +PASS/)
    const html = await readFile(join(cwd, 'run.html'), 'utf8')
    expect(html).toContain('Everything on this page is simulated')
    expect(html).toContain('<svg')
  })

  it('exits 13 for a missed criterion and names it', async () => {
    const set = [...short, '--set', 'scenario.criteria.0.duration=1s']
    const { exitCode, json } = await iv(['simulate', 'sfu_crash', ...set, '--json'], { cwd })
    expect([exitCode, json.error?.code]).toEqual([13, 'MISSED'])
    expect(json.error?.message).toContain('session-resume-p50')
  })

  it('exits 17 where nothing was measured: never a pass', async () => {
    const set = [...short, '--set', 'scenario.faults=[]']
    const { exitCode, json } = await iv(['simulate', 'sfu_crash', ...set, '--json'], { cwd })
    expect([exitCode, json.error?.code]).toEqual([17, 'UNKNOWN'])
  })

  it('prints the same document in two processes', async () => {
    const run = async () => (await iv(['simulate', 'sfu_crash', ...short, '--json'], { cwd })).json.data
    expect(await run()).toEqual(await run())
  })

  it.each([
    ['an unknown scenario', ['peak'], 6, /no scenario "peak"/],
    [
      'an unknown fault target',
      ['sfu_crash', '--set', 'scenario.faults.0.target=suf'],
      2,
      /did you mean sfu\?/,
    ],
    [
      'an unknown number',
      ['sfu_crash', '--set', 'simulate.answerSecond=3'],
      2,
      /did you mean answerSeconds\?/,
    ],
    ['two seeds at once', ['sfu_crash', '--seed', '3', '--seeds', '4'], 2, /seed/],
  ])('refuses %s', async (...[, args, code, message]) => {
    const { exitCode, stderr } = await iv(['simulate', ...args], { cwd })
    expect(exitCode).toBe(code)
    expect(stderr).toMatch(message)
  })
})

function smallestOf(result: IvResult | undefined): { settings: string[]; command: string } {
  if (!result) throw new Error('the sweep did not run')
  return result.json.data['smallest'] as { settings: string[]; command: string }
}

describe('iv simulate sweep', () => {
  const args = [
    'simulate',
    'sweep',
    'sfu_crash',
    '--vary',
    'scenario.criteria.0.duration=30s,24s,20s',
    '--json',
  ]
  const only = ['--set', 'scenario.until=6m', '--only', 'session-resume-p50', '--seeds', '2']

  it('finds the smallest failing case, the same with one thread and with two, and says how to replay it', async () => {
    const [one, two] = await Promise.all(
      ['1', '2'].map((workers) => iv([...args, ...only, '--workers', workers], { cwd })),
    )
    expect([one?.exitCode, two?.exitCode]).toEqual([13, 13])
    expect(one?.json.data).toEqual(two?.json.data)
    const { settings, command } = smallestOf(one)
    expect(settings).toEqual(['scenario.criteria.0.duration=24s'])
    const replay = await iv([...command.split(' ').slice(1), '--json'], { cwd })
    expect(replay.json.error?.message).toContain('session-resume-p50')
  })

  it('exits 2 for a name that nothing is judged by, and for a case that cannot be', async () => {
    const unknown = await iv(['simulate', 'sweep', 'sfu_crash', '--only', 'resume'], { cwd })
    const wrong = await iv(['simulate', 'sweep', 'sfu_crash', '--vary', 'scenario.faults.0.target=sfu,suf'], {
      cwd,
    })
    expect([unknown.exitCode, wrong.exitCode]).toEqual([2, 2])
    expect(wrong.stderr).toContain('did you mean sfu?')
  })
})
