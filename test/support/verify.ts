/**
 * Every check and every test, then one summary, `verify.json`, and the line `N passed, N failed, N skipped`.
 * Run by `bin/verify`, which has set the machine up.
 */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figures.ts'
import type { Summary } from './summary-reporter.ts'

interface Check {
  name: string
  command: readonly string[]
  deadlineMinutes: number
}

interface CheckResult {
  name: string
  ok: boolean
  seconds: number
}

const checks: readonly Check[] = [
  { name: 'lint and format', command: ['npm', 'run', '--silent', 'lint'], deadlineMinutes: 3 },
  { name: 'types', command: ['npm', 'run', '--silent', 'typecheck'], deadlineMinutes: 3 },
  { name: 'unused code', command: ['npm', 'run', '--silent', 'knip'], deadlineMinutes: 3 },
]
/** One after the other; the projects of one row side by side, all but the first with their output shown at the end. */
const rows = [['unit'], ['cli'], ['sandbox', 'own-sandbox']]
const root = join(import.meta.dirname, '..', '..')

function note(text: string): void {
  process.stderr.write(`[verify] ${text}\n`)
}

interface RunOptions {
  env?: Record<string, string>
  /** Keeps the output here until the check has ended. */
  log?: string
}

async function run(check: Check, { env = {}, log }: RunOptions = {}): Promise<CheckResult> {
  note(check.name)
  const started = performance.now()
  const [file = '', ...args] = check.command
  const output = log === undefined ? undefined : openSync(log, 'w')
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', output ?? 'inherit', output ?? 'inherit'],
    timeout: check.deadlineMinutes * 60_000,
  })
  const status = await new Promise<number | null>((settle) => {
    child.once('close', settle)
    child.once('error', (error) => {
      note(`${check.name}: ${error.message}`)
      settle(null)
    })
  })
  if (log !== undefined && output !== undefined) {
    closeSync(output)
    process.stdout.write(readFileSync(log))
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10
  return { name: check.name, ok: status === 0, seconds }
}

interface Suite {
  result: CheckResult
  summary: Summary | undefined
}

/** A suite that ended without a summary (crashed, hung, did not compile) counts as one failure, never as nothing. */
async function runProject(project: string, folder: string, isFirst: boolean): Promise<Suite> {
  const file = join(folder, `${project}.json`)
  const command = ['npx', 'vitest', 'run', '--project', project, '--reporter=default']
  const reporter = '--reporter=./test/support/summary-reporter.ts'
  const result = await run(
    { name: `tests: ${project}`, command: [...command, reporter], deadlineMinutes: 40 },
    { env: { IV_TEST_SUMMARY: file }, ...(isFirst ? {} : { log: join(folder, `${project}.log`) }) },
  )
  const summary = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Summary) : undefined
  return { result, summary }
}

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'iv-verify-'))
  const checked: CheckResult[] = []
  for (const check of checks) checked.push(await run(check))
  const suites: Suite[] = []
  for (const row of rows) {
    suites.push(...(await Promise.all(row.map((project, at) => runProject(project, folder, at === 0)))))
  }
  rmSync(folder, { recursive: true, force: true })

  const broken = [
    ...checked.filter((check) => !check.ok).map((check) => check.name),
    ...suites
      .filter((suite) => !suite.result.ok && (suite.summary?.failed ?? 0) === 0)
      .map((suite) => `${suite.result.name} (ended without naming a failed test)`),
  ]
  const sum = (pick: (summary: Summary) => number): number =>
    suites.reduce((total, suite) => total + (suite.summary ? pick(suite.summary) : 0), 0)
  const edge = (name: 'engine' | 'api-server' | 'browser' | 'pty'): number =>
    sum((summary) => summary.edges[name] ?? 0)
  const document = {
    date: new Date().toISOString(),
    machine: {
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    passed: sum((summary) => summary.passed) + checked.filter((check) => check.ok).length,
    failed: sum((summary) => summary.failed) + broken.length,
    skipped: sum((summary) => summary.skipped.length),
    touched: {
      engine: edge('engine'),
      'api-server': edge('api-server'),
      browser: edge('browser'),
      pty: edge('pty'),
    },
    broken,
    failures: suites.flatMap((suite) => suite.summary?.failures ?? []),
    skips: suites.flatMap((suite) => suite.summary?.skipped ?? []),
    figures: suites.flatMap((suite) => suite.summary?.figures ?? []),
    stubs: [...new Set(suites.flatMap((suite) => suite.summary?.stubs ?? []))],
    seconds: Object.fromEntries(
      [...checked, ...suites.map((suite) => suite.result)].map((result) => [result.name, result.seconds]),
    ),
  }
  writeFileSync(join(root, 'verify.json'), `${JSON.stringify(document, undefined, 2)}\n`)
  report(document)
  return document.failed === 0 ? 0 : 1
}

function report(document: {
  broken: readonly string[]
  failures: readonly string[]
  skips: readonly { name: string; reason: string }[]
  figures: readonly Figure[]
  stubs: readonly string[]
  seconds: Readonly<Record<string, number>>
  touched: Readonly<Record<string, number>>
  passed: number
  failed: number
  skipped: number
}): void {
  const lines = [
    '',
    'verify',
    ...Object.entries(document.seconds).map(([name, seconds]) => `  ${name.padEnd(19)} ${seconds} s`),
    ...document.figures.map(
      ({ name, seconds, goalSeconds }) =>
        `  ${name.padEnd(19)} ${seconds} s (goal on a quiet machine ${goalSeconds} s)`,
    ),
    `  tests that talked to: ${Object.entries(document.touched)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    ...stubLines(document.stubs),
    ...document.broken.map((name) => `  failed: ${name}`),
    ...document.failures.map((name) => `  failed: ${name}`),
    ...document.skips.map((skip) => `  skipped: ${skip.name}: ${skip.reason}`),
    `${document.passed} passed, ${document.failed} failed, ${document.skipped} skipped`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Said in every summary where it is so: it is allowed where no registry serves the definitions, and it is no proof. */
function stubLines(stubs: readonly string[]): string[] {
  if (stubs.length === 0) return []
  return [`  not proved: ${stubs.length} custom kinds were stubs (no ../shared/crds): ${stubs.join(', ')}`]
}

process.exitCode = await main()
