import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { generate } from '../../bin/generate.ts'
import { repository } from '../support/iv.ts'

it('the references are what the commands, events and schema say now', async () => {
  const current = await readFile(join(repository, 'dist', 'current'), 'utf8')
  const pages = await generate(join(repository, 'dist', current))
  for (const page of pages) {
    const written = await readFile(join(repository, page.path), 'utf8').catch(() => '')
    const advice = `${page.path} is out of date: if the change was meant, run \`npm run generate\` and commit it`
    expect(written === page.content ? 'up to date' : advice).toBe('up to date')
  }
  expect(pages.map((page) => page.path)).toEqual([
    'docs/reference/commands.md',
    'docs/reference/contract.md',
    'docs/reference/events.md',
    'docs/reference/provider-parity.md',
    'docs/reference/spec.schema.json',
    'docs/reference/systems.md',
    'docs/reference/scenarios.md',
  ])
})
