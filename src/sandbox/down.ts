import type { Collaborators } from '../collaborators.ts'
import type { Report } from '../report/report.ts'
import { stopLeftovers } from './leftovers.ts'
import { withSandboxLock } from './lock.ts'
import { readSandbox } from './read.ts'
import { type ComponentRecord, type SandboxRecord } from './record.ts'
import { saveRecord } from './session.ts'
import { type LocalData, observeSandbox } from './status.ts'
import { stopProcesses } from './stop.ts'

export interface LocalDownInput {
  /** Only these; undefined stops everything, etcd included. */
  regions?: readonly string[] | undefined
}

/** Stops the sandbox's processes and keeps its data: `iv local up` goes on where it was. */
export async function localDown(input: LocalDownInput, c: Collaborators): Promise<Report<LocalData>> {
  await withSandboxLock('iv local down', c, async () => stopSandbox(input, c))
  const data = await observeSandbox(c)
  return { kind: 'LocalStatus', data, environment: 'local', regions: data.regions.map(({ name }) => name) }
}

/** The caller holds the lock. Clients go before the API servers, and these before etcd, which they need to end. */
export async function stopSandbox(input: LocalDownInput, c: Collaborators): Promise<void> {
  const record = await readSandbox(c.paths)
  await stopLeftovers(record, c)
  if (!record) return
  const chosen = record.regions.filter(({ name }) => input.regions?.includes(name) ?? true)
  const components = chosen.flatMap((region) =>
    region.components.map((component) => ({ component, region: region.name })),
  )
  await stopComponents(components, { record, c })
  if (input.regions === undefined) await stopComponents([{ component: record.etcd }], { record, c })
}

async function stopComponents(
  chosen: readonly { component: ComponentRecord; region?: string }[],
  { record, c }: { record: SandboxRecord; c: Collaborators },
): Promise<void> {
  const started = chosen.filter(({ component }) => component.process !== undefined)
  await stopProcesses(
    started.flatMap(({ component }) => (component.process ? [component.process] : [])),
    c,
  )
  for (const { component, region } of started) {
    delete component.process
    c.host.notify('local.component', { component: component.name, state: 'stopped' }, region)
  }
  await saveRecord(c, record)
}
