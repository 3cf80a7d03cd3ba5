import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explainRule } from '../../src/lint/explain.ts'
import { lint, type LintInput } from '../../src/lint/lint.ts'
import { lintRules } from '../../src/lint/rules.ts'
import { lintExplanationWriter } from '../../src/report/lint-explanation.ts'
import { lintJunit } from '../../src/report/lint-junit.ts'
import { lintWriter } from '../../src/report/lint.ts'
import { plainStyle } from '../../src/report/style.ts'
import { presetFile } from '../../src/spec/init.ts'
import { failureOf, folder, world } from '../spec/support.ts'

const literal = presetFile(join(import.meta.dirname, '..', '..'), 'literal')
const all: LintInput = { environment: 'local', failOn: 'error' }
const drain = 'affinity:\n  failover:\n    sessionDrainTimeout: 30s\n'
const accuracy = 'degradation: { triggers: { asr-accuracy: { measuredBy: null } } }\n'

describe('lint', () => {
  it('has nothing against no file at all', async () => {
    const { data, outcome, error } = await lint(all, await world())
    expect({ outcome, error, errors: data.errors, warnings: data.warnings }).toEqual({
      outcome: undefined,
      error: undefined,
      errors: [],
      warnings: [],
    })
    expect(data.rules).toHaveLength(lintRules.length)
    expect(lintWriter.text(data, plainStyle)).toBe(
      `ok  rules checked: ${lintRules.length}, errors: 0, warnings: 0`,
    )
  })

  it('finds every rule broken by the literal preset, each at a line of it', async () => {
    const { data, outcome, error } = await lint({ ...all, file: literal }, await world())
    expect(outcome).toBe('POLICY')
    expect(error?.message).toBe('38 errors and 6 warnings in what the specification promises')
    expect(data.rules.filter(({ findings }) => findings === 0)).toEqual([])
    const strayed = [...data.errors, ...data.warnings].filter(({ place }) => !/:\d+:\d+$/.test(place))
    expect(strayed).toEqual([])
  })

  it('says id, formula with numbers, place, value and fix', async () => {
    const { data } = await lint({ ...all, rules: ['IV-DRAIN-001'] }, await world(drain))
    expect(data.rules).toEqual([
      { id: 'IV-DRAIN-001', severity: 'error', title: expect.stringContaining('longest'), findings: 1 },
    ])
    expect(data.errors).toEqual([
      {
        id: 'IV-DRAIN-001',
        severity: 'error',
        path: 'affinity.failover.sessionDrainTimeout',
        place: 'iv.yaml:3:26',
        message: '30s < 2h: a drain would end interviews that are under way',
        actual: '30s',
        limit: 'at least 2h',
        hint: 'set affinity.failover.sessionDrainTimeout to sessions.maxDuration or more',
      },
    ])
    expect(lintWriter.text(data, plainStyle)).toBe(
      [
        'error    IV-DRAIN-001  30s < 2h: a drain would end interviews that are under way',
        '         iv.yaml:3:26  affinity.failover.sessionDrainTimeout',
        '         fix: set affinity.failover.sessionDrainTimeout to sessions.maxDuration or more',
        'rules checked: 1, errors: 1, warnings: 0',
      ].join('\n'),
    )
    expect(lintWriter.markdown?.(data)).toContain('| error | IV-DRAIN-001 | 30s < 2h')
  })

  it.each([
    ['a setting', 'recovery.dnsTtl=44s', '--set'],
    ['what is not set, by its nearest parent', 'recovery={dnsTtl: null}', '--set'],
  ])('places %s', async (_, set, place) => {
    const { data } = await lint({ ...all, rules: ['IV-DNS-001'], set: [set] }, await world())
    expect(data.errors.map((finding) => finding.place)).toEqual([place])
  })

  it('places what follows from defaults alone', async () => {
    const { data } = await lint(
      { ...all, rules: ['IV-DRAIN-001'], set: ['sessions.maxDuration=5h'] },
      await world(),
    )
    expect(data.errors.map(({ place }) => place)).toEqual(['defaults', 'defaults'])
  })

  it('fails on warnings only where it is told to', async () => {
    const { outcome } = await lint(all, await world(accuracy))
    const strict = await lint({ ...all, failOn: 'warning' }, await world(accuracy))
    expect([outcome, strict.outcome]).toEqual([undefined, 'POLICY'])
    expect(strict.error?.message).toBe('1 warning in what the specification promises')
  })

  it('refuses a rule that there is not, with the nearest', async () => {
    const failure = await failureOf(lint({ ...all, rules: ['IV-RING-02'] }, await world()))
    expect(failure).toMatchObject({ code: 'NOT_FOUND', next: expect.stringContaining('IV-RING-002') })
  })
})

describe('JUnit', () => {
  it('has one case per rule, and fails those that fail the run', async () => {
    const file = join(await folder(), 'lint.xml')
    await lint({ ...all, junit: file }, await world(drain + accuracy))
    const text = await readFile(file, 'utf8')
    expect(text).toContain(
      `<testsuite name="iv lint" tests="${lintRules.length}" failures="1" errors="0" skipped="0">`,
    )
    expect(text.match(/<testcase /g)).toHaveLength(lintRules.length)
    expect(text).toContain('<failure type="error" message="30s &lt; 2h: a drain')
    expect(text).toContain('<system-out>warning: iv.yaml:')
  })

  it('counts warnings as failures where they fail the run', async () => {
    const { data } = await lint(all, await world(accuracy))
    expect(lintJunit(data, 'warning')).toContain('failures="1"')
    expect(lintJunit(data, 'error')).toContain('failures="0"')
  })

  it('says where it cannot write', async () => {
    const failure = await failureOf(lint({ ...all, junit: await folder() }, await world()))
    expect(failure).toMatchObject({ code: 'OPERATION', message: expect.stringContaining('EISDIR') })
  })
})

describe('lint explain', () => {
  it('tells all about a rule, in any case of letters, and whether it holds', async () => {
    const { data } = await explainRule({ environment: 'local', id: 'iv-rto-001' }, await world())
    expect(data).toMatchObject({ id: 'IV-RTO-001', findings: [] })
    const text = lintExplanationWriter.text(data, plainStyle)
    expect(text).toContain('15 + 25 = 40 s')
    expect(text).toContain('now\n  it holds')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(lintExplanationWriter.markdown?.(data)).toContain('- **iv does**: The client starts')
  })

  it('shows what breaks it', async () => {
    const { data } = await explainRule({ environment: 'local', id: 'IV-DRAIN-001' }, await world(drain))
    expect(lintExplanationWriter.text(data, plainStyle)).toContain('now\n  iv.yaml:3:26 affinity.failover')
  })

  it('works while the specification has errors', async () => {
    const { data } = await explainRule({ environment: 'local', id: 'IV-RTO-001' }, await world('pool: {}\n'))
    expect(data.findings).toBeNull()
    expect(lintExplanationWriter.text(data, plainStyle)).toContain('not known')
  })
})
