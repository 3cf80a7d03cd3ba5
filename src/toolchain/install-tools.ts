import type { Collaborators } from '../collaborators.ts'
import type { Report } from '../report/report.ts'
import { ensureTools, lookForAll } from './ensure.ts'
import { rowOf, type ToolchainResult } from './result.ts'
import { type ToolName, toolNames } from './toolchain.ts'

/** Installs what is missing of the named programs, or of all. What is there already is only shown. */
export async function installTools(
  input: { names: readonly ToolName[] },
  c: Collaborators,
): Promise<Report<ToolchainResult>> {
  const names = input.names.length > 0 ? input.names : toolNames
  const before = await lookForAll(names, c)
  const located = await ensureTools(names, c)
  const tools = before.map((entry) => rowOf(entry, located.get(entry.tool.name)))
  return { kind: 'ToolchainInstallResult', data: { tools } }
}
