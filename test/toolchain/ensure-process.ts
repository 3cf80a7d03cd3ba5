/**
 * `iv`'s toolchain in a process of its own, for tests of several at once: ensures one program and prints what
 * it got and what was reported, as JSON. The cache is named by IV_CACHE_DIR, the package by the first argument.
 */
import { RecorderHost } from '../../src/events/recorder.ts'
import { toFailure } from '../../src/failure.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import type { LocatedTool, ToolName } from '../../src/toolchain/toolchain.ts'
import { testCollaborators } from '../support/collaborators.ts'

export interface Outcome {
  tools: LocatedTool[]
  events: string[]
}

const [packageRoot = '', ...names] = process.argv.slice(2)
const host = new RecorderHost()
const c = testCollaborators(process.cwd(), { environment: { ...process.env }, host })
try {
  const tools = await makeToolchain({ ...c, paths: { ...c.paths, packageRoot } }).ensure(names as ToolName[])
  const outcome: Outcome = { tools: [...tools.values()], events: host.events.map((event) => event.id) }
  console.log(JSON.stringify(outcome))
} catch (error) {
  console.error(toFailure(error).message)
  process.exitCode = 4
}
