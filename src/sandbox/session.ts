import type { Collaborators } from '../collaborators.ts'
import type { LocatedTool, ToolName } from '../toolchain/toolchain.ts'
import { writeAtomically } from './files.ts'
import { sandboxRecordFile } from './places.ts'
import type { SandboxRecord } from './record.ts'

/** The programs that a sandbox consists of. */
export const sandboxTools = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
] as const satisfies readonly ToolName[]

/** One command at work on the sandbox, holding its lock. */
export interface Session {
  c: Collaborators
  record: SandboxRecord
  tools: ReadonlyMap<ToolName, LocatedTool>
  /** Writes the record as it is now. Calls from parallel regions queue up. */
  save(): Promise<void>
}

export function openSession(input: Omit<Session, 'save'>): Session {
  let last: Promise<void> = Promise.resolve()
  const write = (): Promise<void> => saveRecord(input.c, input.record)
  return {
    ...input,
    save: () => {
      last = last.then(write, write)
      return last
    },
  }
}

export async function saveRecord(c: Pick<Collaborators, 'paths'>, record: SandboxRecord): Promise<void> {
  await writeAtomically(sandboxRecordFile(c.paths), `${JSON.stringify(record, undefined, 2)}\n`, 0o600)
}
