import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parityCases } from '../../src/generate/parity-cases.ts'

/** The table of what both providers do rests on tests that there are. */

const sandbox = join(import.meta.dirname, '..', 'sandbox')
const titles = ['provider.test.ts', 'provider-trouble.test.ts'].flatMap((name) =>
  [...readFileSync(join(sandbox, name), 'utf8').matchAll(/^test\('([^']+)'/gm)].map(([, title]) => title),
)

test.each(parityCases.filter((one) => one.test !== undefined))(
  '$name is held to by a test',
  ({ test: title }) => {
    expect(titles).toContain(title)
  },
)

test('a difference has a reason, and what is the same is held to by a test', () => {
  const unlike = parityCases.filter(({ bundled, why }) => (bundled === undefined) !== (why === undefined))
  const unheld = parityCases.filter((one) => one.bundled === undefined && one.test === undefined)
  expect([...unlike, ...unheld]).toEqual([])
  expect(new Set(parityCases.map(({ name }) => name)).size).toBe(parityCases.length)
})
