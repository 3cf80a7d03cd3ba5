import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import { identify, type ProcessIdentity } from '../process/identity.ts'
import { markerVariable } from './processes.ts'

export interface Launch {
  file: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  cwd: string
  logFile: string
  /** Folder of the sandbox and name of the component, so that the process is found without any record. */
  marker: { folder: string; component: string }
}

/**
 * Starts a process that outlives this one, in a process group of its own (a Ctrl-C in the terminal does not
 * reach it), with both streams appended to its log.
 * @returns undefined when it ended before it could be looked at; its log says why.
 * @throws Failure `OPERATION` when the program cannot be started.
 */
export async function startDetached(launch: Launch): Promise<ProcessIdentity | undefined> {
  const log = await open(launch.logFile, 'a', 0o600)
  try {
    const child = spawn(launch.file, [...launch.args], {
      cwd: launch.cwd,
      env: { ...launch.env, [markerVariable]: `${launch.marker.folder}|${launch.marker.component}` },
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    })
    await once(child, 'spawn')
    child.unref()
    return child.pid === undefined ? undefined : identify(child.pid)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('OPERATION', `cannot start ${launch.file}: ${reason}`, { cause: error })
  } finally {
    await log.close()
  }
}
