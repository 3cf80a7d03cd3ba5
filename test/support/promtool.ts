import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { testCollaborators } from './collaborators.ts'

export interface RuleTest {
  name: string
  interval: string
  input_series: readonly { series: string; values: string }[]
  promql_expr_test?: readonly object[]
  alert_rule_test?: readonly object[]
}

/** What the real promtool says to rule groups and to tests of them. */
export async function promtool(
  groups: readonly object[],
  tests: readonly RuleTest[],
): Promise<{ ok: boolean; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'iv-rules-'))
  const c = testCollaborators(folder, { environment: process.env })
  try {
    const program = (await makeToolchain(c).ensure(['promtool'])).get('promtool')?.path ?? ''
    // JSON is YAML.
    await writeFile(join(folder, 'rules.yaml'), JSON.stringify({ groups }))
    await writeFile(
      join(folder, 'tests.yaml'),
      JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '15s', tests }),
    )
    const options = { cwd: folder, reject: false, all: true, timeout: 60_000 } as const
    const checked = await execa(program, ['check', 'rules', 'rules.yaml'], options)
    const tested = await execa(program, ['test', 'rules', 'tests.yaml'], options)
    return { ok: checked.exitCode === 0 && tested.exitCode === 0, said: `${checked.all}\n${tested.all}` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
