import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from '../support/iv.ts'

const lines = (count: number): string => 'void 0\n'.repeat(count)

/** What each rule of `.oxlintrc.json` must catch, as a file of `src/`. */
const offences: Readonly<Record<string, { text: string }>> = {
  'typescript/no-explicit-any': { text: 'export const a: any = 1' },
  'typescript/no-non-null-assertion': { text: 'export const f = (a?: string): number => a!.length' },
  'typescript/no-floating-promises': { text: 'export function f(): void {\n  Promise.resolve(1)\n}' },
  'typescript/switch-exhaustiveness-check': {
    text: "export function f(a: 'x' | 'y'): number {\n  switch (a) {\n    case 'x':\n      return 1\n  }\n  return 0\n}",
  },
  'typescript/no-unnecessary-type-assertion': { text: 'export const f = (a: string): string => a as string' },
  'typescript/only-throw-error': { text: "export function f(): never {\n  throw 'text'\n}" },
  'typescript/await-thenable': { text: 'export async function f(): Promise<void> {\n  await 1\n}' },
  'typescript/no-misused-promises': {
    text: 'export function f(list: number[]): void {\n  list.forEach(async () => {\n    await Promise.resolve()\n  })\n}',
  },
  'eslint/max-params': { text: 'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d]' },
  'eslint/max-lines': { text: `${lines(301)}export {}` },
  'eslint/max-lines-per-function': { text: `export function f(): void {\n${lines(60)}}` },
  'eslint/complexity': {
    text: `export function f(a: number): number {\n${Array.from({ length: 14 }, (_, i) => `  if (a === ${i}) return ${i}`).join('\n')}\n  return -1\n}`,
  },
  'eslint/max-depth': {
    text: 'export function f(a: boolean): number {\n  if (a) {\n    if (a) {\n      if (a) {\n        if (a) return 1\n      }\n    }\n  }\n  return 0\n}',
  },
  'eslint/no-console': { text: "console.log('x')\nexport {}" },
  'import/no-cycle': { text: "import { b } from './cycle-back.ts'\nexport const a = (): number => b" },
  'import/no-default-export': { text: 'export default 1' },
  'unicorn/throw-new-error': { text: "export function f(): never {\n  throw Error('x')\n}" },
}

let folder: string
let fired: Map<string, Set<string>>

describe('the lint rules', async () => {
  const config = JSON.parse(await readFile(join(repository, '.oxlintrc.json'), 'utf8')) as {
    rules: Record<string, unknown>
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iv-lint-'))
    await mkdir(join(folder, 'src'))
    for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) {
      await cp(join(repository, file), join(folder, file))
    }
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
    for (const [rule, { text }] of Object.entries(offences))
      await writeFile(join(folder, fileOf(rule)), `${text}\n`)
    await writeFile(
      join(folder, 'src/cycle-back.ts'),
      `import { a } from './${fileOf('import/no-cycle').slice('src/'.length)}'\nexport const b: number = a()\n`,
    )
    await writeFile(join(folder, 'src/fine.ts'), 'export const fine = 1\n')
    fired = await lint()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(Object.keys(config.rules))('%s fires on its fixture', (rule) => {
    expect(offences[rule], `${rule} has no fixture in test/repo/lint.test.ts: add one`).toBeDefined()
    expect([...(fired.get(fileOf(rule)) ?? [])]).toContain(rule.split('/')[1])
  })

  it('find nothing in a file that offends none', () => {
    expect(fired.get('src/fine.ts')).toBeUndefined()
  })
})

function fileOf(rule: string): string {
  return `src/${rule.replace('/', '-')}.ts`
}

/** Rule names without their plugin, by file. */
async function lint(): Promise<Map<string, Set<string>>> {
  const oxlint = join(repository, 'node_modules/.bin/oxlint')
  const { stdout } = await execa(oxlint, ['--format', 'json', 'src'], {
    cwd: folder,
    reject: false,
    timeout: 60_000,
  })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
  const byFile = new Map<string, Set<string>>()
  for (const { code, filename } of diagnostics) {
    const rule = /\((.+)\)/.exec(code)?.[1] ?? code
    byFile.set(filename, (byFile.get(filename) ?? new Set()).add(rule))
  }
  return byFile
}
