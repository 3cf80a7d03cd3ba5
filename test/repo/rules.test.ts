import { describe, expect, it } from 'vitest'
import { bannedCalls } from './rules/banned.ts'
import { importDirection } from './rules/imports.ts'
import { ceilings, functionLengths, linesOf, percentile } from './rules/sizes.ts'
import { repositoryFiles, type Rule, show } from './rules/source.ts'
import { deadPaths, focusedTests, leftovers, machinePaths } from './rules/text.ts'

const code = repositoryFiles(/^(src|commands|stacks|bin)\/.*\.tsx?$/)
const texts = repositoryFiles(/\.(ts|tsx|js|json|md|sh|ya?ml|mod)$|^(bin|\.ci)\//).filter(
  // The lock file and the sums name every package there is.
  ({ path }) => path !== 'package-lock.json',
)

/** Each rule with what it must catch: a rule that nobody has seen fire is not a rule. */
const rules: readonly { name: string; rule: Rule; files: typeof code; fires: [string, string, string][] }[] =
  [
    {
      name: 'imports point one way',
      rule: importDirection,
      files: code,
      fires: [
        [
          'src/deploy/x.ts',
          "import { p } from '../../stacks/region.ts'",
          'src/ may not import ../../stacks/region.ts',
        ],
        ['src/deploy/x.ts', "const p = await import('../../commands/deploy.ts')", 'src/ may not import'],
        ['stacks/x.ts', "export { c } from '../commands/deploy.ts'", 'stacks/ may not import'],
        ['commands/x.ts', "import { i } from '../test/support/iv.ts'", 'commands/ may not import'],
      ],
    },
    {
      name: 'clock, randomness, terminal and process have one home',
      rule: bannedCalls,
      files: code,
      fires: [
        ['src/a.ts', 'const now = Date.now()', 'Date.now: take the Clock'],
        ['src/a.ts', 'const now = new Date()', 'Date: take the Clock'],
        ['src/a.ts', 'setTimeout(() => 1, 5)', 'setTimeout: take the Clock'],
        ['src/a.ts', 'const r = Math.random()', 'Math.random: take Random'],
        ['src/a.ts', 'const r = randomBytes(3)', 'randomBytes: take Random'],
        ['src/a.ts', "console.log('x')", 'console.log: notify the host'],
        ['src/a.ts', 'process.exit(3)', 'process.exit: throw a Failure'],
        ['stacks/a.ts', "const e = process.env['HOME']", 'process.env: take environment'],
        ['src/simulate/a.ts', 'const l = Math.log(2)', 'Math.log: a seed must give the same run'],
        ['src/simulate/a.ts', 'const p = 2 ** 0.5', '**: a seed must give the same run'],
      ],
    },
    {
      name: 'nothing is left unfinished',
      rule: leftovers,
      files: texts,
      fires: [['src/a.ts', `// ${'TO' + 'DO'} later`, 'leftover marker']],
    },
    {
      name: 'every test runs',
      rule: focusedTests,
      files: texts,
      fires: [['test/a.test.ts', `${'it.' + 'skip'}('x', () => 1)`, 'every test runs']],
    },
    {
      name: 'no file names a machine or a registry',
      rule: machinePaths,
      files: texts,
      fires: [
        ['docs/a.md', `see ${'/wo' + 'rk/'}main`, 'one machine'],
        ['src/a.ts', `'https://${'registry.npm' + 'js'}.org'`, 'one machine'],
      ],
    },
    {
      name: 'documents name files that exist',
      rule: deadPaths,
      files: texts,
      fires: [
        ['docs/a.md', 'see [there](decisions/nowhere.md)', 'docs/decisions/nowhere.md does not exist'],
        ['README.md', 'in `src/nowhere/at-all.ts`', 'src/nowhere/at-all.ts does not exist'],
      ],
    },
    {
      name: 'files, functions and parameter lists stay small',
      rule: ceilings,
      files: code,
      fires: [
        ['src/a.ts', '\n'.repeat(300) + 'export const a = 1', '301 lines'],
        ['commands/a.ts', '\n'.repeat(90) + 'export const a = 1', '91 lines'],
        ['src/a.ts', `function long() {${'\n'.repeat(60)}}`, 'a function of 61 lines'],
        ['src/a.ts', 'const f = (a, b, c, d) => a', '4 parameters'],
      ],
    },
  ]

describe.each(rules)('$name', ({ rule, files, fires }) => {
  it.each(fires)('fires in %s on %j', (path, text, message) => {
    expect(show(rule({ path, text })).join('\n')).toContain(message)
  })

  it('holds everywhere', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap((file) => show(rule(file)))).toEqual([])
  })
})

describe('the code as a whole', () => {
  const source = code.filter(({ path }) => path.startsWith('src/'))

  it('has small files: half of them at most 70 lines, nine of ten at most 170', () => {
    const lines = source.map(linesOf)
    expect(percentile(lines, 0.5)).toBeLessThanOrEqual(70)
    expect(percentile(lines, 0.9)).toBeLessThanOrEqual(170)
  })

  it('has small functions: nine of ten at most 30 lines', () => {
    const lengths = source.flatMap((file) => functionLengths(file).map(({ length }) => length))
    expect(percentile(lengths, 0.9)).toBeLessThanOrEqual(30)
  })

  it('percentile finds the middle', () => {
    expect(percentile([5, 1, 3], 0.5)).toBe(3)
  })
})
