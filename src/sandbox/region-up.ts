import type { ResolvedDefinition } from '../crds/resolve.ts'
import { isFailure } from '../failure.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import type { Platform } from '../spec/platform.ts'
import { hasAutoscaling } from './autoscaling/ports.ts'
import { startAutoscaling } from './autoscaling/up.ts'
import { connectSandbox, type SandboxClient } from './client.ts'
import { layoutOf, type RegionLayout } from './components/layout.ts'
import { installDefinitions, servedCheck } from './definitions.ts'
import { allowKwok } from './kwok-access.ts'
import { reconcileNodes } from './nodes.ts'
import { componentLogFile } from './places.ts'
import { componentOf, type RegionRecord } from './record.ts'
import { componentStart, type RegionComponent } from './region-components.ts'
import { awaitNodes } from './region-nodes.ts'
import type { Session } from './session.ts'
import { settleAll } from './settle.ts'
import { type ComponentStart, ensureComponent, notify, restartComponent } from './start.ts'
import { awaitReady } from './wait.ts'

/** Generous: several regions start at once on few cores, perhaps with cold binaries. */
const readyWithinMs = 90_000
/** A process that ran before this command and does not answer for so long is taken for hung and replaced. */
const hangsAfterMs = 8000

export interface RegionUp {
  platform: Platform
  region: RegionRecord
  plan: RegionPlan
  /** Of the custom kinds that the region's plan uses. */
  definitions: readonly ResolvedDefinition[]
}

interface Context {
  region: RegionRecord
  layout: RegionLayout
  session: Session
}

/** Brings a region up whose files are written: the API server first, then all that talks to it, and the nodes. */
export async function startRegion(up: RegionUp, session: Session): Promise<void> {
  const { region, plan } = up
  const { nodes } = plan
  const context = { region, session, layout: layoutOf(session.c.paths, session.record, region) }
  await startAndAwait('kube-apiserver', context)
  const client = await connectAs('admin', 'kube-apiserver', context)
  try {
    await allowKwok(client, session.c.paths)
    await settleAll([
      startAndAwait('kube-controller-manager', context),
      startAndAwait('kube-scheduler', context),
      startAndAwait('kwok', context),
      defineKinds(up, client, session),
      reconcileNodes(client, nodes, context.layout.nodeRange),
    ])
    await awaitNodes({ region, nodes, client }, session)
    if (hasAutoscaling(region)) await startAutoscaling({ ...up, client }, session)
  } finally {
    client.close()
  }
}

/** Returns when the API server serves every custom kind of the plan. */
async function defineKinds(up: RegionUp, client: SandboxClient, session: Session): Promise<void> {
  const { region, definitions } = up
  if (definitions.length === 0) return
  region.definitions = await installDefinitions(client, definitions)
  await session.save()
  await awaitReady(
    {
      component: 'definitions of custom kinds',
      region: region.name,
      identity: componentOf(region, 'kube-apiserver').process,
      logFile: componentLogFile(session.c.paths, { name: 'kube-apiserver', region: region.name }),
      deadlineMs: readyWithinMs,
      check: servedCheck(client, definitions),
    },
    session.c,
  )
  const stubs = region.definitions.filter(({ source }) => source === 'stub').map(({ kind }) => kind)
  session.c.host.notify('local.definitions', { total: definitions.length, stubs }, region.name)
}

async function startAndAwait(name: RegionComponent, context: Context): Promise<void> {
  const { session } = context
  const start = componentStart(name, context)
  const client = await connectAs(name === 'kube-apiserver' ? 'admin' : name, name, context)
  try {
    const started = await ensureComponent(start, session)
    if (!started && (await isReadyWithin(hangsAfterMs, { start, client, session }))) return
    if (!started) await restartComponent(start, session)
    await awaitComponent(readyWithinMs, { start, client, session })
    notify('ready', start, session)
  } finally {
    client.close()
  }
}

interface Waiting {
  start: ComponentStart
  client: SandboxClient
  session: Session
}

async function awaitComponent(deadlineMs: number, { start, client, session }: Waiting): Promise<void> {
  const { component, region } = start
  const path = component.name === 'kube-apiserver' ? '/readyz' : '/healthz'
  await awaitReady(
    {
      component: component.name,
      region,
      identity: component.process,
      logFile: componentLogFile(session.c.paths, { name: component.name, region }),
      deadlineMs,
      check: async () => (await client.request({ method: 'GET', path })).status === 200,
    },
    session.c,
  )
}

async function isReadyWithin(deadlineMs: number, waiting: Waiting): Promise<boolean> {
  return awaitComponent(deadlineMs, waiting).then(
    () => true,
    (error: unknown) => {
      if (isFailure(error) && error.code === 'OPERATION') return false
      throw error
    },
  )
}

async function connectAs(
  user: string,
  name: RegionComponent,
  { layout, session }: Context,
): Promise<SandboxClient> {
  return connectSandbox(
    {
      port: layout.ports[name],
      authorityFile: layout.tls('ca.crt'),
      certificateFile: layout.tls(`${user}.crt`),
      keyFile: layout.tls(`${user}.key`),
    },
    session.c,
  )
}
