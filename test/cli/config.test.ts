import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iv } from '../support/iv.ts'

let cwd: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'iv-config-'))
})

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true })
})

async function specify(text: string): Promise<void> {
  await writeFile(join(cwd, 'iv.yaml'), text)
}

describe('iv init', () => {
  it('writes a specification that is valid, and does not write over one', async () => {
    const first = await iv(['init', '--preset', 'seed', '--json'], { cwd })
    expect(first).toMatchObject({ exitCode: 0, json: { kind: 'InitResult', ok: true } })
    expect(first.json.data).toEqual({ files: [join(cwd, 'iv.yaml')] })
    const second = await iv(['init', '--json'], { cwd })
    expect(second.exitCode).toBe(2)
    expect(second.json.error).toMatchObject({ code: 'USAGE', next: expect.stringContaining('--force') })
    expect(await readFile(join(cwd, 'iv.yaml'), 'utf8')).toContain('Sticky Session Configuration')
    const checked = await iv(['config', 'validate', '--json'], { cwd })
    expect(checked).toMatchObject({ exitCode: 0, json: { data: { valid: true, errors: [] } } })
  })
})

describe('iv config validate', () => {
  it.each([
    ['a typo in a key', 'pools: { sfu: { prot: 1 } }\n', 'iv.yaml:1:17'],
    ['a negative minimum', 'pools: { sfu: { instances: { minimum: -1 } } }\n', 'iv.yaml:1:39'],
    ['min > max', 'pools: { sfu: { instances: { minimum: 99 } } }\n', 'iv.yaml:1:39'],
    ['an unknown region', 'regions: { eu-west: { failoverTo: mars } }\n', 'iv.yaml:1:35'],
    ['malformed YAML', 'pools: [1\n', 'iv.yaml:2:1'],
  ])('%s: exit 2 and one error with its place', async (_, text, place) => {
    await specify(text)
    const result = await iv(['config', 'validate', '--json'], { cwd })
    expect(result.exitCode).toBe(2)
    expect(result.json).toMatchObject({
      ok: false,
      exitCode: 2,
      data: { valid: false },
      error: { code: 'USAGE' },
    })
    expect(result.json.data['errors']).toMatchObject([{ place, severity: 'error' }])
    expect(await iv(['config', 'validate'], { cwd })).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining(place),
      stderr: expect.stringContaining('not valid'),
    })
  })

  it('a 10 MB file with deep aliases: exit 2, at once', async () => {
    const bomb = 'bcdefgh'
      .split('')
      .map((name, at) => `${name}: &${name} [*${'abcdefg'[at]}, *${'abcdefg'[at]}]`)
    await specify(['a: &a [x, x]', ...bomb, ''].join('\n').padEnd(10_000_000, '# padding\n'))
    const result = await iv(['config', 'validate', '--json'], { cwd, deadlineMs: 10_000 })
    expect(result.exitCode).toBe(2)
    expect(result.json.findings).toMatchObject([{ id: 'IV-YAML-003', place: 'iv.yaml:1:1' }])
  })

  it('an environment that lacks everything: all of it listed, exit 2; an unknown one: exit 6', async () => {
    await specify('environments: { production: {} }\n')
    const missing = await iv(['config', 'validate', '--env', 'production', '--json'], { cwd })
    expect(missing.exitCode).toBe(2)
    expect(missing.json.data['errors']).toHaveLength(22)
    const unknown = await iv(['config', 'view', '--env', 'producton', '--json'], { cwd })
    expect(unknown.exitCode).toBe(6)
    expect(unknown.json.error).toMatchObject({ code: 'NOT_FOUND', next: 'did you mean production?' })
  })
})

describe('iv config view', () => {
  it('prefers flag over variable over file, and says which one won', async () => {
    await specify('pools: { api: { instances: { minimum: 4 } } }\n')
    const path = 'pools.api.instances.minimum'
    const view = ['config', 'view', path, '--json']
    const env = { IV_SET: `${path}=5` }
    const fromFile = await iv(view, { cwd })
    expect(fromFile.json.data).toEqual({ path, value: 4, origin: { from: 'file', place: 'iv.yaml:1:39' } })
    const fromVariable = await iv(view, { cwd, env })
    expect(fromVariable.json.data).toMatchObject({ value: 5, origin: { name: 'IV_SET' } })
    const fromFlag = await iv([...view, '--set', `${path}=6`], { cwd, env })
    expect(fromFlag.json.data).toMatchObject({ value: 6, origin: { from: 'flag', name: '--set' } })
    expect(fromFlag.json.inputs.configDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('names the place in the source document with --show-origin', async () => {
    const { stdout, exitCode } = await iv(['config', 'view', 'pools.llm.trigger', '--show-origin'], { cwd })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('scaleOut: 75 # default, Scaling Triggers and Thresholds: LLM Inference')
  })
})

describe('iv config explain and schema', () => {
  it('explain a path, and refuse one that there is not', async () => {
    const { stdout } = await iv(['config', 'explain', 'pools.sfu.terminationGrace'], { cwd })
    expect(stdout).toContain('125m  (assumption: the longest session (2h) and a margin of 300 s)')
    expect(await iv(['config', 'explain', 'pools.sfu.terminationGrase'], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean terminationGrace?'),
    })
  })

  it('print a JSON Schema on stdout and nothing else', async () => {
    const { stdout, stderr } = await iv(['config', 'schema'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({ $schema: expect.stringContaining('json-schema.org') })
    expect(stderr).toBe('')
  })
})
