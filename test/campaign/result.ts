import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'

/** Writes the checked-in result of a campaign, with what a reader needs to judge its figures. */
export async function writeResult(name: string, result: object): Promise<void> {
  const folder = join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const [loadAverage = 0] = loadavg()
  const machine = { cores: availableParallelism(), loadAverage: Number(loadAverage.toFixed(1)) }
  const text = JSON.stringify(
    { campaign: name, at: new Date().toISOString(), machine, ...result },
    undefined,
    2,
  )
  await writeFile(join(folder, `${name}.json`), `${text}\n`)
  console.log(text)
}
