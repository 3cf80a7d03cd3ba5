import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { repository } from '../support/iv.ts'

it('the summary counts passes, failures, skips with reasons and edges, and hides nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-summary-'))
  const file = join(folder, 'summary.json')
  const args = [
    'run',
    '--config',
    'test/fixtures/summary/vitest.config.ts',
    '--reporter=./test/support/summary-reporter.ts',
  ]
  const result = await execa('node_modules/.bin/vitest', args, {
    cwd: repository,
    env: { IV_TEST_SUMMARY: file },
    reject: false,
    timeout: 25_000,
  })
  const summary = JSON.parse(await readFile(file, 'utf8'))
  await rm(folder, { recursive: true })
  expect(result.exitCode).toBe(1)
  expect(summary).toMatchObject({
    passed: 2,
    failed: 3,
    skipped: [{ name: expect.stringContaining('is skipped with a reason'), reason: 'needs root' }],
    edges: { pty: 1, engine: 1 },
  })
  expect(summary.failures.join('\n')).toContain('> fails')
  expect(summary.failures.join('\n')).toContain('is skipped silently (skipped without a reason)')
  expect(summary.failures.join('\n')).toContain('does not load')
})
