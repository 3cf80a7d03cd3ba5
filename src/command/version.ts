import type { Config } from '@oclif/core'
import type { Writer } from '../report/report.ts'
import { sniffFormat } from './formats.ts'
import type { Launch } from './launch.ts'
import { present } from './present.ts'
import { openSession } from './session.ts'

interface VersionData {
  name: string
  version: string
  node: string
  platform: string
}

const versionWriter: Writer<VersionData> = {
  text: (data) => `${data.name}/${data.version} ${data.platform} node-${data.node}`,
}

/** The version together with other flags, such as `--json`. Alone it is answered by the launcher, which is quicker. */
export async function showVersion(config: Config, launch: Launch): Promise<void> {
  const flags = { output: sniffFormat(launch.argv, process.env['IV_OUTPUT']), 'no-tui': true }
  const session = await openSession(flags, launch.packageRoot)
  const data = {
    name: config.name,
    version: config.version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  }
  await session.close()
  process.exitCode = await present(
    { writer: versionWriter, report: { kind: 'Version', data }, flags },
    session,
  )
}
