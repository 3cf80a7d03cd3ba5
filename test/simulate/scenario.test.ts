import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFailure } from '../../src/failure.ts'
import { loadScenario, scenarioNames } from '../../src/simulate/scenario/load.ts'
import { splitSettings } from '../../src/simulate/scenario/settings.ts'
import type { Specification } from '../../src/spec/schema/specification.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { repository } from '../support/iv.ts'

let folder: string
let specification: Specification

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iv-scenario-'))
  specification = (await loadPlatform({ environment: 'local' }, testCollaborators(folder))).specification
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const sound = `apiVersion: iv/v1
kind: Scenario
title: Sound
source: 'assumption: for a test'
interviews: 20
regions: [us-east, us-west]
setup: []
ramp:
  - { from: 0s, until: 1m, startInterviews: 0, endInterviews: 20 }
  - { from: 1m, until: 2m, startInterviews: 20, endInterviews: 20 }
until: 10m
faults:
  - { at: 1m, until: 2m, action: kill, target: asr, percent: 50 }
criteria:
  - { text: Joins, metric: join-p99, is: below, duration: 5s, minimumSamples: 10 }
abort: []
`

async function load(text: string, set: readonly string[] = []) {
  const file = join(folder, 'scenario.yaml')
  await writeFile(file, text)
  const { paths } = testCollaborators(folder)
  return loadScenario({ name: file, settings: splitSettings(set).scenario }, { paths, specification })
}

/** The message, with what comes next. */
async function refusalOf(text: string, set: readonly string[] = []): Promise<string> {
  try {
    await load(text, set)
  } catch (error) {
    if (isFailure(error)) return `${error.message} | ${error.next}`
    throw error
  }
  return 'accepted'
}

describe('the scenarios of the source document', () => {
  it.each([
    ['peak_load_1000', 'peak-load-1000'],
    ['asr_failure_recovery', 'asr-failure-recovery'],
    ['region_failover', 'region-failover'],
  ])('%s has the numbers of the specification’s %s', async (file, name) => {
    const { paths } = testCollaborators(folder)
    const scenario = await loadScenario({ name: file, settings: [] }, { paths, specification })
    const documented = specification.scenarios[name]
    expect([scenario.title, scenario.interviews, scenario.setup]).toEqual([
      documented?.title,
      documented?.interviews,
      documented?.setup,
    ])
    expect(scenario.ramp).toEqual(documented?.ramp)
    const promises = (rows: readonly { text: string; metric: string; is: string }[] = []) =>
      rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([key]) => !/Samples|measures/.test(key))),
      )
    expect(promises(scenario.criteria)).toEqual(promises(documented?.criteria))
    const instants = scenario.faults.flatMap(({ at, until }) => (until ? [at.ms, until.ms] : [at.ms]))
    expect([...new Set(instants)]).toEqual(documented?.injections.map(({ at }) => at.ms))
  })

  it('are among those that come with iv, all of which can be read', async () => {
    const { paths } = testCollaborators(folder)
    const names = await scenarioNames(paths)
    expect(names).toHaveLength(11)
    for (const name of names) {
      await expect(loadScenario({ name, settings: [] }, { paths, specification })).resolves.toMatchObject({
        name,
      })
    }
  })
})

describe('a scenario that cannot be right', () => {
  it.each([
    [
      'an unknown target',
      ['target: asr', 'target: arr'],
      /faults\.0 cannot kill "arr" \| did you mean asr\?/,
    ],
    ['a target of another action', ['action: kill', 'action: lose'], /cannot lose "asr"/],
    ['a criterion without a metric', ['metric: join-p99, ', ''], /criteria\.0\.metric is missing/],
    [
      'an unknown metric',
      ['join-p99', 'join-p98'],
      /measures "join-p98", which is no metric \| did you mean join-p9/,
    ],
    [
      'a limit of another kind',
      ['duration: 5s', 'percent: 5'],
      /compares join-p99 with percent \| give it a duration/,
    ],
    ['a criterion without samples', [', minimumSamples: 10', ''], /minimumSamples is missing/],
    ['a negative time', ['at: 1m', 'at: -1m'], /faults\.0\.at cannot be "-1m": it takes a duration/],
    [
      'an end before its start',
      ['at: 1m, until: 2m', 'at: 2m, until: 1m'],
      /healed at 1m, not after its start at 2m/,
    ],
    ['a fault after the end', ['at: 1m, until: 2m', 'at: 11m'], /begins after the test ends at 10m/],
    [
      'a gap in the ramp',
      ['from: 1m, until: 2m', 'from: 90s, until: 2m'],
      /ramp\.1 begins at 90s .* leaves a gap \| begin it at 1m/,
    ],
    ['a ramp that overlaps', ['from: 1m, until: 2m', 'from: 30s, until: 2m'], /that overlaps/],
    [
      'a ramp above its peak',
      ['endInterviews: 20 }\n  - { from: 1m', 'endInterviews: 30 }\n  - { from: 1m'],
      /reaches 30 interviews, more than the 20/,
    ],
    [
      'an unknown region',
      ['[us-east, us-west]', '[us-east, us-wets]'],
      /names the region "us-wets" \| did you mean us-west\?/,
    ],
    [
      'a slow pool without a factor',
      ['kill, target: asr, percent: 50', 'slow, target: asr'],
      /does not say how slow/,
    ],
    [
      'an abort on no count',
      ['abort: []', 'abort: [{ text: x, metric: join, above: 1 }]'],
      /"join", which is no count/,
    ],
    ['an unknown key', ['until: 10m', 'untill: 10m'], /unknown key "untill" \| did you mean until\?/],
  ])('%s', async (_, [from = '', to = ''], expected) => {
    expect(sound).toContain(from)
    expect(await refusalOf(sound.replace(from, to))).toMatch(expected)
  })

  it('has two faults on one target at the same time', async () => {
    const second = '  - { at: 90s, until: 3m, action: slow, target: asr, factor: 2 }\ncriteria:'
    const text = sound.replace('criteria:', second)
    expect(await refusalOf(text)).toMatch(/faults\.1 and faults\.0 hit asr at the same time/)
    expect(await refusalOf(text.replace('at: 90s', 'at: 2m'))).toBe('accepted')
  })

  it('is named with its place, also where a setting is wrong', async () => {
    expect(await refusalOf(sound.replace('target: asr', 'target: arr'))).toMatch(/scenario\.yaml:13:/)
    expect(await refusalOf(sound, ['scenario.faults.0.target=arr'])).toMatch(
      /--set scenario\.faults\.0\.target=arr: /,
    )
  })

  it('is not there at all', async () => {
    const { paths } = testCollaborators(folder)
    await expect(
      loadScenario({ name: 'peak_laod_1000', settings: [] }, { paths, specification }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND', next: expect.stringContaining('peak_load_1000') })
  })
})

it('takes settings over the file, lists by position', async () => {
  const { interviews, faults } = await load(sound, ['scenario.interviews=40', 'scenario.faults.0.percent=80'])
  expect([interviews, faults[0]?.percent]).toEqual([40, 80])
})

it('the document’s scenarios: wherever its numbers and the defaults differ in verdict, a rule of lint says why', async () => {
  const page = await readFile(join(repository, 'docs', 'reference', 'scenarios.md'), 'utf8')
  const rows = page.split('\n').filter((line) => / (pass|MISSED|unknown) \|/.test(line))
  const differing = rows.filter((row) => {
    const [literal, defaults] = [...row.matchAll(/, (pass|MISSED|unknown) \|/g)].map(([, verdict]) => verdict)
    return literal !== defaults
  })
  expect(rows.length).toBeGreaterThan(20)
  expect(differing.length).toBeGreaterThan(5)
  expect(differing.filter((row) => !row.includes('IV-'))).toEqual([])
})
