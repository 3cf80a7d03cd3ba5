import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { lookForAll } from './ensure.ts'
import { rowOf, type ToolchainResult } from './result.ts'
import { type ToolName, toolNames } from './toolchain.ts'

/** Every program with its version and where it comes from. Installs nothing. */
export async function listTools(_input: object, c: Collaborators): Promise<Report<ToolchainResult>> {
  const looks = await lookForAll(toolNames, c)
  return { kind: 'ToolchainListResult', data: { tools: looks.map((entry) => rowOf(entry)) } }
}

/** Where one program is. @throws Failure NOT_FOUND when it is not installed. */
export async function toolPath(
  input: { name: ToolName },
  c: Collaborators,
): Promise<Report<ToolchainResult>> {
  const looks = await lookForAll([input.name], c)
  const missing = looks.find((entry) => !entry.located)
  if (missing) {
    throw new Failure('NOT_FOUND', `${input.name} is not installed (${missing.notes.join('; ')})`, {
      next: `iv toolchain install ${input.name}`,
    })
  }
  return { kind: 'ToolchainPathResult', data: { tools: looks.map((entry) => rowOf(entry)) } }
}
