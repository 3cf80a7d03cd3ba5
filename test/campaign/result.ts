import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'

const startedAt = execFileSync('git', ['rev-parse', 'HEAD'], {
  cwd: import.meta.dirname,
  encoding: 'utf8',
}).trim()

/**
 * Writes the checked-in result of a campaign, with what a reader needs to judge its figures. `commit` is where the
 * checkout stood when the campaign began.
 */
export async function writeResult(name: string, result: object): Promise<void> {
  const folder = join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const [loadAverage = 0] = loadavg()
  const machine = { cores: availableParallelism(), loadAverage: Number(loadAverage.toFixed(1)) }
  const text = JSON.stringify(
    { campaign: name, at: new Date().toISOString(), commit: startedAt, machine, ...result },
    undefined,
    2,
  )
  await writeFile(join(folder, `${name}.json`), `${text}\n`)
  console.log(text)
}
