import type { GateData } from '../gate/result.ts'
import { whyOf } from './gate.ts'
import { junit, type TestCase } from './junit.ts'

/** One test case per gate. A gate that nobody demands and that could not tell is skipped, with its reason. */
export function gateJunit({ environment, gates }: GateData): string {
  const cases = gates.map((row): TestCase => {
    const passed = { classname: environment, name: row.id }
    const why = whyOf(row)
    if (row.verdict === 'allow') return { ...passed, output: why }
    if (row.verdict !== 'deny' && !row.required) return { ...passed, skipped: `${row.verdict}: ${why}` }
    const findings = row.findings.map(({ id, path, message }) => `${id} ${path ?? ''}: ${message}`)
    return { ...passed, failure: { type: row.verdict, message: why, text: [why, ...findings].join('\n') } }
  })
  return junit('iv gate', cases)
}
