import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iv } from '../support/iv.ts'

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
