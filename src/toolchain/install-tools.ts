import type { Collaborators } from '../collaborators.ts'
import type { Report } from '../report/report.ts'
import { ensureTools, lookForAll } from './ensure.ts'
import { rowOf, type ToolchainResult } from './result.ts'
import { type AddonName, coreTools, type ToolName, toolSets } from './toolchain.ts'

/** Installs what is missing of the named programs and sets; without either of what every sandbox needs. What is there already is only shown. */
export async function installTools(
  input: { names: readonly ToolName[]; with: readonly AddonName[] },
  c: Collaborators,
): Promise<Report<ToolchainResult>> {
  const core = input.names.length > 0 ? input.names : coreTools
  const names = [...core, ...input.with.flatMap((addon) => toolSets[addon])]
  const before = await lookForAll(names, c)
  const located = await ensureTools(names, c)
  const tools = before.map((entry) => rowOf(entry, located.get(entry.tool.name)))
  return { kind: 'ToolchainInstallResult', data: { tools } }
}
