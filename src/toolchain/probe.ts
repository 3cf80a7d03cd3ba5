import type { Collaborators } from '../collaborators.ts'
import { toFailure } from '../failure.ts'
import type { Tool } from './tools.ts'
import { within } from './version.ts'

/** Programs of 100 MB on a cold disk and a busy machine need seconds for their first start. */
const probeDeadlineMs = 30_000

export type ProbeResult = { version: string } | { problem: string }

/** Runs the program and reads its version; says why when that is not possible. */
export async function probe(tool: Tool, path: string, c: Collaborators): Promise<ProbeResult> {
  try {
    const output = await c.run({
      file: path,
      args: tool.probe.args,
      env: { PULUMI_SKIP_UPDATE_CHECK: 'true' },
      deadlineMs: probeDeadlineMs,
      signal: c.signal,
    })
    const said = `${output.stdout}\n${output.stderr}`
    const version = tool.probe.pattern.exec(said)?.[1]
    if (version !== undefined && output.exitCode === 0) return { version }
    if (output.timedOut) return { problem: `gave no answer in ${probeDeadlineMs / 1000} s` }
    const first = said.trim().split('\n')[0] ?? ''
    return {
      problem: `does not tell its version (exit ${output.exitCode ?? 'by signal'}: ${first.slice(0, 120)})`,
    }
  } catch (error) {
    c.signal.throwIfAborted()
    return { problem: toFailure(error).message.split('\n')[0] ?? 'cannot be run' }
  }
}

/** Why a version is not taken, or undefined when it is. */
export function refusal(tool: Tool, version: string): string | undefined {
  if (within(version, tool.accepted)) return undefined
  return `is ${version}, needed is at least ${tool.accepted.from} and below ${tool.accepted.below}`
}
