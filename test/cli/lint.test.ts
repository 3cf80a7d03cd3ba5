import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iv } from '../support/iv.ts'

let cwd: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'iv-lint-'))
})

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true })
})

describe('iv lint', () => {
  it('a fresh iv.yaml has no finding, not even a warning', async () => {
    await iv(['init'], { cwd })
    const result = await iv(['lint', '--fail-on', 'warn', '--json'], { cwd })
    expect(result).toMatchObject({
      exitCode: 0,
      json: { kind: 'LintResult', data: { errors: [], warnings: [] } },
    })
  })

  it('the document word for word exits 5, with every rule and its place', async () => {
    await iv(['init', '--preset', 'literal'], { cwd })
    const result = await iv(['lint', '--json', '--junit', 'lint.xml'], { cwd })
    expect(result.exitCode).toBe(5)
    expect(result.json).toMatchObject({ ok: false, exitCode: 5, error: { code: 'POLICY' } })
    const { rules, errors } = result.json.data as { rules: { findings: number }[]; errors: unknown[] }
    expect(rules.every(({ findings }) => findings > 0)).toBe(true)
    expect(errors).toContainEqual(
      expect.objectContaining({
        id: 'IV-RTO-001',
        message: expect.stringContaining('15s + 25s = 40s > 30s'),
        place: expect.stringMatching(/^iv\.yaml:\d+:\d+$/),
      }),
    )
    expect(await readFile(join(cwd, 'lint.xml'), 'utf8')).toContain('<failure type="error"')
  })

  it('only the rules that are named, and warnings pass unless they are to fail', async () => {
    await iv(['init', '--preset', 'literal'], { cwd })
    const args = ['lint', '--rule', 'iv-gpu-003', '--output', 'markdown']
    const lenient = await iv(args, { cwd })
    expect(lenient).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('| warning | IV-GPU-003 |'),
    })
    expect((await iv([...args, '--fail-on', 'warn'], { cwd })).exitCode).toBe(5)
    expect((await iv(['lint', '--rule', 'IV-NO-001'], { cwd })).exitCode).toBe(6)
  })
})

describe('iv lint explain', () => {
  it('says what the document says, what iv does, and why', async () => {
    const result = await iv(['lint', 'explain', 'IV-RING-001'], { cwd })
    expect(result.exitCode).toBe(0)
    for (const part of ['the document says', 'iv does', 'why', '65,537', 'it holds']) {
      expect(result.stdout).toContain(part)
    }
    expect((await iv(['lint', 'explain', 'IV-RING-009'], { cwd })).exitCode).toBe(6)
  })
})
