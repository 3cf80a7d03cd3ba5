import type { Collaborators } from '../collaborators.ts'
import { toFailure } from '../failure.ts'
import { candidates } from './executables.ts'
import type { Tool } from './tools.ts'
import { within } from './version.ts'

/** Programs of 100 MB on a cold disk and a busy machine need seconds for their first start. */
const probeDeadlineMs = 30_000

export type ProbeResult = { version: string } | { problem: string }

/** Runs the program and reads its version; says why when that is not possible. */
export async function probe(tool: Tool, path: string, c: Collaborators): Promise<ProbeResult> {
  const asked = await questionFor(tool, path, c)
  if (typeof asked === 'string') return { problem: asked }
  try {
    const output = await c.run({
      file: asked.file,
      args: asked.args,
      env: { PULUMI_SKIP_UPDATE_CHECK: 'true' },
      deadlineMs: probeDeadlineMs,
      signal: c.signal,
    })
    const said = `${output.stdout}\n${output.stderr}`
    const version = asked.pattern.exec(said)?.[1]
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

interface Question {
  file: string
  args: readonly string[]
  pattern: RegExp
}

/** The program itself, or Go, which wrote the version of the main package's module into what it built; else why not. */
async function questionFor(tool: Tool, path: string, c: Collaborators): Promise<Question | string> {
  if (!('module' in tool.probe)) return { file: path, ...tool.probe }
  const [go] = await candidates('go', c)
  if (go === undefined) return 'has no version flag, and no Go on PATH reads its build information'
  const module = tool.probe.module.replaceAll('.', String.raw`\.`)
  const pattern = new RegExp(String.raw`^\s+mod\s+${module}\s+v(\S+)`, 'm')
  return { file: go, args: ['version', '-m', path], pattern }
}

/** Why a version is not taken, or undefined when it is. */
export function refusal(tool: Tool, version: string): string | undefined {
  if (within(version, tool.accepted)) return undefined
  return `is ${version}, needed is at least ${tool.accepted.from} and below ${tool.accepted.below}`
}
