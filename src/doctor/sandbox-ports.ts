import type { Collaborators } from '../collaborators.ts'
import { toFailure } from '../failure.ts'
import { isAlive } from '../process/identity.ts'
import { choosePorts, isPortFree } from '../sandbox/ports.ts'
import { readSandbox } from '../sandbox/read.ts'
import {
  allComponents,
  type ComponentRecord,
  regionComponents,
  type SandboxRecord,
} from '../sandbox/record.ts'
import { sandboxFolder } from '../sandbox/places.ts'
import { type Check, failed } from './check.ts'

const id = 'sandbox.ports'
/** etcd's client and peer ports. */
const sharedPorts = 2

/** The ports that `iv local up` will want: those it remembers for what does not run, else enough free ones. */
export async function checkSandboxPorts(regions: number, c: Pick<Collaborators, 'paths'>): Promise<Check> {
  try {
    const record = await readSandbox(c.paths)
    if (record) return await checkRemembered(record)
    const wanted = regions * regionComponents.length + sharedPorts
    const ports = await choosePorts(wanted, { seed: sandboxFolder(c.paths), taken: new Set() })
    return { id, status: 'ok', detail: `${wanted} free ports from ${ports[0]} on` }
  } catch (error) {
    return failed(id, toFailure(error), 'free some ports below 32768')
  }
}

async function checkRemembered(record: SandboxRecord): Promise<Check> {
  const stopped: { component: ComponentRecord; region: string | undefined }[] = []
  for (const entry of allComponents(record)) {
    const { process: identity } = entry.component
    if (!identity || !isAlive(identity)) stopped.push(entry)
  }
  const free = await Promise.all(stopped.map(({ component }) => isPortFree(component.port)))
  const taken = stopped.filter((_, index) => !free[index])
  if (taken.length === 0)
    return { id, status: 'ok', detail: 'those that the sandbox remembers are its own or free' }
  const names = taken.map(
    ({ component, region }) => `${component.port} of ${component.name}${region ? ` ${region}` : ''}`,
  )
  return {
    id,
    status: 'fail',
    detail: `in use by another program: ${names.join(', ')}`,
    hint: 'stop that program (ss -ltnp names it), or iv local reset for new ports',
  }
}
