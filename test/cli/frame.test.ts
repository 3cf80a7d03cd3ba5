import { describe, expect, it } from 'vitest'
import { exitCodes } from '../../src/exit-codes.ts'
import { iv } from '../support/iv.ts'

const failures = Object.entries(exitCodes).filter(([name]) => name !== 'OK')

describe('exit codes', () => {
  it.each(failures)('a failure %s ends with its code, with and without --json', async (name, row) => {
    const [text, json] = await Promise.all([
      iv(['ending', '--failure', name], { fixtures: true }),
      iv(['ending', '--failure', name, '--json'], { fixtures: true }),
    ])
    expect([text.exitCode, json.exitCode]).toEqual([row.code, row.code])
    expect(text.stdout).toBe('')
    expect(text.stderr).toContain(`error: failed on purpose with ${name}\nnext: try again\n`)
    expect(json.json).toMatchObject({
      kind: 'Error',
      ok: false,
      exitCode: row.code,
      error: { code: name, next: 'try again' },
    })
  })

  it.each(failures)('a report with outcome %s keeps its data and ends with its code', async (name, row) => {
    const result = await iv(['ending', '--report', name, '--json'], { fixtures: true })
    expect(result.exitCode).toBe(row.code)
    expect(result.json).toMatchObject({ kind: 'EndingResult', exitCode: row.code, data: { wanted: name } })
  })

  it('a defect ends with 1, says what to do, and shows its stack only at log level debug', async () => {
    const [quiet, loud, json] = await Promise.all([
      iv(['ending', '--defect'], { fixtures: true }),
      iv(['ending', '--defect', '--log-level', 'debug'], { fixtures: true }),
      iv(['ending', '--defect', '--json'], { fixtures: true }),
    ])
    expect([quiet.exitCode, loud.exitCode, json.exitCode]).toEqual([1, 1, 1])
    expect(quiet.stderr).toContain(
      'unexpected error: cannot read a property of nothing\nnext: this is a defect of iv',
    )
    expect(quiet.stderr).not.toContain('    at ')
    expect(loud.stderr).toContain('    at ')
    expect(json.json.error).toMatchObject({ code: 'INTERNAL' })
  })

  it('an injected fault ends the real iv with 1', async () => {
    const result = await iv(['toolchain', 'list', '--json'], { env: { IV_FAULT: 'internal' } })
    expect(result.exitCode).toBe(1)
    expect(result.json.error?.code).toBe('INTERNAL')
  })
})

describe('the document on stdout', () => {
  it.each([
    ['table', 'ended OK\n'],
    ['wide', 'ended OK, widely\n'],
    ['markdown', '**ended** OK\n'],
  ])('is text as %s, while progress stays on stderr', async (format, expected) => {
    const result = await iv(['ending', '--output', format], { fixtures: true })
    expect(result.stdout).toBe(expected)
    expect(result.stderr).toBe('us-east: ending ...\n')
  })

  it('is the same envelope as yaml and as json', async () => {
    const { parse } = await import('yaml')
    const result = await iv(['ending', '-o', 'yaml', '-r', 'a,b', '-e', 'prod'], { fixtures: true })
    expect(parse(result.stdout)).toMatchObject({
      apiVersion: 'iv/v1',
      ok: true,
      env: 'prod',
      regions: ['a', 'b'],
      data: { wanted: 'OK' },
      error: null,
    })
  })

  it('is one line per event and the envelope last as ndjson', async () => {
    const result = await iv(['ending', '-o', 'ndjson', '--failure', 'LOCKED'], { fixtures: true })
    const lines = result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => [line.seq, line.type, line.region, line.step])).toEqual([
      [1, 'step.started', 'us-east', 'ending'],
      [2, 'result', null, null],
    ])
    expect(lines[1].data).toMatchObject({ exitCode: 10, error: { code: 'LOCKED' } })
    expect(result.exitCode).toBe(10)
  })

  it('survives a reader that closes the pipe, with the exit code of the result', async () => {
    const { execa } = await import('execa')
    const { repository } = await import('../support/iv.ts')
    const script = `node test/fixtures/cli/run.js ending --failure LOCKED --json | head -c 1; echo " \${PIPESTATUS[0]}"`
    const result = await execa('bash', ['-c', script], { cwd: repository, timeout: 20_000 })
    expect(result.stdout).toBe('{ 10')
  })
})

describe('bad command lines', () => {
  it.each([
    [['ending', '--faliure', 'LOCKED'], 'no such flag: --faliure', 'did you mean --failure?'],
    [['ending', '--output', 'xml'], 'xml', 'see `iv ending --help`'],
    [['ending', '--output'], 'expects one of these values', 'see `iv ending --help`'],
    [['asking'], 'Missing required flag danger', 'see `iv asking --help`'],
    [['ending', 'extra'], 'Unexpected argument: extra', 'see `iv ending --help`'],
    [['ending', '--timeout', '5x'], '5x is not a duration', 'write a number'],
    [['endin'], 'there is no command `iv endin`', 'did you mean `iv ending`?'],
    [['nothing', 'like', 'it'], 'there is no command `iv nothing like it`', 'see `iv --help`'],
    [['topic', '-r', 'us', 'report'], 'its words name `iv topic report`', 'iv topic report'],
    [['topic', '--max-duration', '15m5', 'x'], '15m5 is not a duration', '90s'],
  ])('%j exits 2 and says what is wrong and what to do, in both forms', async (argv, message, next) => {
    const [text, json] = await Promise.all([
      iv(argv, { fixtures: true }),
      iv([...argv, '--json'], { fixtures: true }),
    ])
    expect([text.exitCode, json.exitCode]).toEqual([2, 2])
    expect(text.stdout).toBe('')
    expect(text.stderr).toContain(message)
    expect(text.stderr).toContain(next)
    expect(json.json.error).toMatchObject({ code: 'USAGE' })
    expect(json.json.error?.message).toContain(message)
    expect(json.json.error?.next).toContain(next)
    expect(json.stdout.length).toBeLessThan(1500)
  })

  it('flags may stand before the command', async () => {
    const result = await iv(['--region', 'us', '--json', 'topic', 'report'], { fixtures: true })
    expect(result.json).toMatchObject({ kind: 'ReportResult', regions: ['us'] })
  })

  it('a repeated flag takes one value each and reads its variable as a list', async () => {
    const [flags, variable] = await Promise.all([
      iv(['topic', '-r', 'a', '-r', 'b', 'zone', '--json'], { fixtures: true }),
      iv(['topic', 'report', '--json'], { fixtures: true, env: { IV_REGION: 'a, b' } }),
    ])
    expect(flags.json).toMatchObject({ regions: ['a', 'b'], data: { scenario: 'zone' } })
    expect(variable.json.regions).toEqual(['a', 'b'])
  })

  it('an argument is never read from stdin', async () => {
    const result = await iv(['topic', '--json'], { fixtures: true, input: 'zone\n' })
    expect(result.json.data['scenario']).toBeNull()
  })
})

describe('help and version', () => {
  it('a topic, a help flag and nothing at all show help and exit 0, as one document with --json', async () => {
    for (const argv of [[], ['topic', 'deep'], ['topic', 'deep', 'one', '-h'], ['help', 'topic', 'deep']]) {
      const result = await iv([...argv, '--json'], { fixtures: true })
      expect([result.exitCode, result.json.kind]).toEqual([0, 'Help'])
    }
  })

  it('the version is a document too', async () => {
    const [json, text] = await Promise.all([iv(['--version', '--json']), iv(['--version'])])
    expect(json.json).toMatchObject({
      kind: 'Version',
      ok: true,
      data: { name: 'iv', node: process.version },
    })
    expect(text.stdout).toContain(String(json.json.data['version']))
  })

  it('shows the exit codes of the command itself', async () => {
    const result = await iv(['topic', 'deep', 'one', '--help'], { fixtures: true })
    expect(result.stdout).toMatch(/EXIT CODES\n {2}0 +done/)
    expect(result.stdout).toContain('7    differences though none were expected')
    expect(result.stdout).not.toContain('15   partial')
  })

  it('finds the package and the nearest specification upwards', async () => {
    const { mkdtemp, mkdir, writeFile, rm, realpath } = await import('node:fs/promises')
    const { tmpdir } = await import('node:os')
    const { repository } = await import('../support/iv.ts')
    const project = await realpath(await mkdtemp(`${tmpdir()}/iv-project-`))
    await mkdir(`${project}/a/b`, { recursive: true })
    await writeFile(`${project}/iv.yaml`, '')
    const result = await iv(['topic', 'deep', 'one', '--json'], { fixtures: true, cwd: `${project}/a/b` })
    await rm(project, { recursive: true })
    expect(result.json.data).toEqual({ packageRoot: repository, cwd: project })
  })
})
