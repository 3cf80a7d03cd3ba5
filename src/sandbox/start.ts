import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import { isAlive } from '../process/identity.ts'
import type { LocatedTool } from '../toolchain/toolchain.ts'
import { prepareLog } from './log-files.ts'
import { componentLogFile, sandboxFolder } from './places.ts'
import { isPortFree, loopback } from './ports.ts'
import type { ComponentRecord } from './record.ts'
import type { Session } from './session.ts'
import { startDetached } from './spawn.ts'
import { stopProcesses } from './stop.ts'
import { endedWhileStarting } from './wait.ts'

export interface ComponentStart {
  component: ComponentRecord
  region?: string
  /** Working folder; also the program's home, so that it reads no settings of the user. */
  folder: string
  args: readonly string[]
  /** Beside PATH and HOME. */
  env?: Readonly<Record<string, string>>
  /** Files that the program reads once: when one of them changes, it must be started again. */
  files: readonly string[]
}

/**
 * Makes sure that a component runs as it should now: leaves it alone when it does, replaces it when its program,
 * arguments or files changed, starts it when it is not there. @returns whether it was started.
 */
export async function ensureComponent(start: ComponentStart, session: Session): Promise<boolean> {
  const { component, region } = start
  const alive = component.process !== undefined && isAlive(component.process)
  if (alive && component.fingerprint === (await fingerprintOf(start, session))) {
    session.c.host.notify('local.unchanged', { component: component.name }, region)
    return false
  }
  if (alive) {
    await restartComponent(start, session)
  } else {
    notify('starting', start, session)
    await startComponent(start, session)
  }
  return true
}

export async function restartComponent(start: ComponentStart, session: Session): Promise<void> {
  notify('restarting', start, session)
  if (start.component.process) await stopProcesses([start.component.process], session.c)
  await startComponent(start, session)
}

/** Notes the process before anything else happens, so that whatever interrupts this command, it is known. */
async function startComponent(start: ComponentStart, session: Session): Promise<void> {
  const { component, region, folder } = start
  const { c } = session
  await requireFreePort(component.port, start)
  c.signal.throwIfAborted()
  const logFile = componentLogFile(c.paths, { name: component.name, region })
  await prepareLog(logFile)
  const identity = await startDetached({
    file: toolOf(component, session).path,
    args: start.args,
    env: { PATH: c.environment['PATH'] ?? '', HOME: folder, ...start.env },
    cwd: folder,
    logFile,
    marker: { folder: sandboxFolder(c.paths), component: `${region ?? ''}/${component.name}` },
  })
  if (!identity) throw await endedWhileStarting({ component: component.name, region, logFile })
  component.process = identity
  component.fingerprint = await fingerprintOf(start, session)
  await session.save()
}

function toolOf({ name }: ComponentRecord, { tools }: Session): LocatedTool {
  const tool = tools.get(name)
  if (!tool) throw new RangeError(`no program for ${name}`)
  return tool
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

async function fingerprintOf(start: ComponentStart, session: Session): Promise<string> {
  const hash = createHash('sha256')
  // Not the path: the same version from PATH or from the cache is the same program.
  hash.update(JSON.stringify([toolOf(start.component, session).version, start.args, start.env]))
  for (const file of start.files) hash.update(await readFile(file))
  return `sha256:${hash.digest('hex')}`
}
