import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js'
import type { StackName, StackProgram } from './engine.ts'

export interface WorkspaceInput {
  name: StackName
  folder: string
  command: PulumiCommand
  program?: StackProgram
  /** Make the stack; it must not exist. Otherwise it must. */
  create: boolean
  env: Readonly<Record<string, string>>
}

/**
 * One stack in a working folder of its own. The stack's settings file is dropped first: all that it holds is the
 * salt of the secrets, which the state holds as well, and one left from an earlier stack of the same name would
 * not fit the state.
 */
export async function openStack(input: WorkspaceInput): Promise<Stack> {
  const { LocalWorkspace, Stack } = await import('@pulumi/pulumi/automation/index.js')
  await mkdir(input.folder, { recursive: true })
  await rm(join(input.folder, `Pulumi.${input.name.stack}.yaml`), { force: true })
  const workspace = await LocalWorkspace.create({
    workDir: input.folder,
    projectSettings: { name: input.name.project, runtime: 'nodejs', main: input.folder },
    pulumiCommand: input.command,
    envVars: { ...input.env },
    ...(input.program === undefined ? {} : { program: toPulumiFn(input.program) }),
  })
  return input.create ? Stack.create(input.name.stack, workspace) : Stack.select(input.name.stack, workspace)
}

/** The SDK's type wants a record of outputs or nothing; ours says the same with a union. */
function toPulumiFn(program: StackProgram): () => Promise<Record<string, unknown> | void> {
  return program
}
