import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/iv.ts'
import { testCache } from '../support/test-cache.ts'

const script = join(repository, 'test/fixtures/workers/print-digests.ts')
const seeds = 6

async function digests(node: string, workers: number): Promise<string> {
  const args = ['--no-warnings', script, String(workers), String(seeds)]
  return (await execa(node, args, { timeout: 60_000 })).stdout
}

function oldestNode(): string {
  const name = `node-${process.platform}-${process.arch}`
  const folder = testCache('node-22', (empty) => {
    execFileSync('npm', ['install', '--prefix', empty, '--no-audit', '--no-fund', `${name}@22`], {
      stdio: 'pipe',
    })
  })
  return join(folder, 'node_modules', name, 'bin', 'node')
}

describe('one seed, one run', { timeout: 240_000 }, () => {
  it('in separate processes, under Node 22 and this one, with one thread and with two', async () => {
    const old = oldestNode()
    expect((await execa(old, ['--version'])).stdout).toMatch(/^v22\./)
    const first = await digests(process.execPath, 1)
    expect(first.split('\n')).toHaveLength(seeds)
    expect(new Set(first.split('\n')).size).toBe(seeds)
    expect(await digests(process.execPath, 2)).toBe(first)
    expect(await digests(old, 1)).toBe(first)
    expect(await digests(old, 2)).toBe(first)
    // What was once published stays: of all lines, so that a change is meant.
    expect(createHash('sha256').update(first).digest('hex')).toMatchInlineSnapshot(
      `"a6d64846d7d5304c92d38c4b5f028c671243ef4868ff31f06179e5fcc4d697ab"`,
    )
  })
})
