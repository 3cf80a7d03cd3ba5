import { inject, expect, test } from 'vitest'
import { inTime } from '../support/figures.ts'
import { iv, type IvResult } from '../support/iv.ts'
import { touches } from '../support/touches.ts'

/** How long the main path takes on a warm sandbox, as whole processes. */

async function run(...args: string[]): Promise<IvResult> {
  touches('engine', 'api-server')
  const options = { cwd: inject('sandboxProject'), env: process.env, deadlineMs: 120_000 }
  const result = await iv([...args, '--region', 'eu-west', '--json'], options)
  expect(result.exitCode, result.stderr).toBe(0)
  return result
}

test('a first deploy of one region to all Ready; the llm pool alone starts up for 5 s', () =>
  inTime('first deploy', 12, () => run('deploy', '--yes')))

test('a deploy of an unchanged region', () => inTime('unchanged deploy', 4, () => run('deploy', '--yes')))

test('a preview of an unchanged region', () =>
  inTime('unchanged preview', 3, () => run('preview', '--expect-no-changes')))

test('destroy', () => inTime('destroy', 10, () => run('destroy', '--confirm', 'eu-west')))
