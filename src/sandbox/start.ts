import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import type { LocatedTool } from '../toolchain/toolchain.ts'
import { prepareLog } from './log-files.ts'
import { componentLogFile, sandboxFolder } from './places.ts'
import { isPortFree, loopback } from './ports.ts'
import { isAlive } from './processes.ts'
import type { ComponentRecord } from './record.ts'
import type { Session } from './session.ts'
import { startDetached } from './spawn.ts'
import { stopProcesses } from './stop.ts'

export interface ComponentStart {
  component: ComponentRecord
  region?: string
  /** Working folder; also the program's home, so that it reads no settings of the user. */
  folder: string
  args: readonly string[]
  /** Files that the program reads once: when one of them changes, it must be started again. */
  files: readonly string[]
}

/**
 * Makes sure that a component runs as it should now: leaves it alone when it does, replaces it when its program,
 * arguments or files changed, starts it when it is not there. @returns whether it was started.
 */
export async function ensureComponent(start: ComponentStart, session: Session): Promise<boolean> {
  const { component } = start
  const { c, tools } = session
  const tool = tools.get(component.name)
  if (!tool) throw new RangeError(`no program for ${component.name}`)
  const fingerprint = await fingerprintOf(start, tool)
  const alive = component.process !== undefined && (await isAlive(component.process))
  if (alive && component.fingerprint === fingerprint) {
    c.host.notify('local.unchanged', { component: component.name }, start.region)
    return false
  }
  if (alive && component.process) {
    notify('restarting', start, session)
    await stopProcesses([component.process], c)
  } else {
    notify('starting', start, session)
  }
  await requireFreePort(component.port, start)
  c.signal.throwIfAborted()
  const logFile = componentLogFile(c.paths, { name: component.name, region: start.region })
  await prepareLog(logFile)
  component.process = await startDetached({
    file: tool.path,
    args: start.args,
    env: { PATH: c.environment['PATH'] ?? '', HOME: start.folder },
    cwd: start.folder,
    logFile,
    marker: { folder: sandboxFolder(c.paths), component: `${start.region ?? ''}/${component.name}` },
  })
  component.fingerprint = fingerprint
  await session.save()
  return true
}

export function notify(
  state: 'starting' | 'restarting' | 'ready',
  { component, region }: Pick<ComponentStart, 'component' | 'region'>,
  { c }: Pick<Session, 'c'>,
): void {
  const { name, port } = component
  const pid = state === 'ready' ? component.process?.pid : undefined
  c.host.notify(
    'local.component',
    { component: name, state, port, ...(pid === undefined ? {} : { pid }) },
    region,
  )
}

async function requireFreePort(port: number, { component, region }: ComponentStart): Promise<void> {
  if (await isPortFree(port)) return
  throw new Failure('OPERATION', `port ${port} of ${component.name} is in use by another program`, {
    ...(region === undefined ? {} : { region }),
    next: `stop what listens on ${loopback}:${port} (ss -ltnp shows it), or give the sandbox new ports with iv local reset`,
  })
}

async function fingerprintOf(start: ComponentStart, tool: LocatedTool): Promise<string> {
  const hash = createHash('sha256')
  // Not the path: the same version from PATH or from the cache is the same program.
  hash.update(JSON.stringify([tool.version, start.args]))
  for (const file of start.files) hash.update(await readFile(file))
  return `sha256:${hash.digest('hex')}`
}
