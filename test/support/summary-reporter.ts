import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { Figure } from './figures.ts'
import type { Edge } from './touches.ts'

/** What `bin/verify` adds up, one file per project. */
export interface Summary {
  passed: number
  failed: number
  /** Every skipped test with its reason; a skip without a reason is a failure. */
  skipped: { name: string; reason: string }[]
  failures: string[]
  /** Wall clock per project, from the first file that started to the last that ended. */
  seconds: Record<string, number>
  /** Passed tests that talked to that edge, as their helpers declared. */
  edges: Partial<Record<Edge, number>>
  figures: Figure[]
  /** Custom kinds of which this machine has stubs only. */
  stubs: string[]
}

/** Writes a summary to the file named by `IV_TEST_SUMMARY`. */
export default class SummaryReporter implements Reporter {
  readonly #began = new Map<string, number>()
  readonly #summary: Summary = {
    passed: 0,
    failed: 0,
    skipped: [],
    failures: [],
    seconds: {},
    edges: {},
    figures: [],
    stubs: [],
  }

  onTestModuleQueued(module: TestModule): void {
    const { name } = module.project
    if (!this.#began.has(name)) this.#began.set(name, performance.now())
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result()
    const { figures = [], stubs = [] } = test.meta()
    this.#summary.figures.push(...figures)
    this.#summary.stubs = [...new Set([...this.#summary.stubs, ...stubs])].toSorted()
    const name = `${test.module.relativeModuleId} > ${test.fullName}`
    if (result.state === 'passed') this.#passed(test)
    else if (result.state === 'failed') this.#fail(name)
    else if (result.state === 'skipped') this.#skipped(name, result.note)
  }

  onTestModuleEnd(module: TestModule): void {
    const { name } = module.project
    const began = this.#began.get(name) ?? performance.now()
    this.#summary.seconds[name] = Math.round((performance.now() - began) / 100) / 10
    // A file that fails to load has no test that could fail.
    for (const error of module.errors()) this.#fail(`${module.relativeModuleId}: ${error.message}`)
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    for (const error of unhandled) this.#fail(`unhandled: ${error.message}`)
    const file = process.env['IV_TEST_SUMMARY']
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(this.#summary, undefined, 2)}\n`)
  }

  #passed(test: TestCase): void {
    this.#summary.passed += 1
    for (const edge of test.meta().edges ?? []) {
      this.#summary.edges[edge] = (this.#summary.edges[edge] ?? 0) + 1
    }
  }

  #fail(name: string): void {
    this.#summary.failed += 1
    this.#summary.failures.push(name)
  }

  #skipped(name: string, reason: string | undefined): void {
    if (reason === undefined) this.#fail(`${name} (skipped without a reason)`)
    else this.#summary.skipped.push({ name, reason })
  }
}
