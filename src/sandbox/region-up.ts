import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { NodePlan } from '../platform/region-plan.ts'
import { ensureRegionCertificates } from './certificate-set.ts'
import { connectSandbox, type SandboxClient } from './client.ts'
import { apiServerArguments } from './components/kube-apiserver.ts'
import { controllerManagerArguments } from './components/kube-controller-manager.ts'
import { schedulerArguments, schedulerConfig, schedulerConfigFile } from './components/kube-scheduler.ts'
import { kwokArguments, kwokConfigFile } from './components/kwok.ts'
import { layoutOf, type RegionLayout } from './components/layout.ts'
import { writeAtomically } from './files.ts'
import { writeComponentKubeconfig } from './kubeconfig.ts'
import { expectSuccess, isReady, listNodes, reconcileNodes } from './nodes.ts'
import { componentLogFile } from './places.ts'
import { type ComponentName, componentOf, type RegionRecord } from './record.ts'
import type { Session } from './session.ts'
import { type ComponentStart, ensureComponent, notify } from './start.ts'
import { awaitReady } from './wait.ts'

/** Generous: several regions start at once on few cores, perhaps with cold binaries. */
const readyWithinMs = 90_000

export interface RegionUp {
  region: RegionRecord
  nodes: readonly NodePlan[]
  kwokConfiguration: string
}

/** Writes what the region's components read: certificates, kubeconfigs, configuration files. */
export async function prepareRegion(
  { region, kwokConfiguration }: RegionUp,
  session: Session,
): Promise<void> {
  const { c, record } = session
  const layout = layoutOf(c.paths, record, region)
  await mkdir(join(layout.folder, 'run'), { recursive: true, mode: 0o700 })
  await ensureRegionCertificates({ region: region.name, folder: layout.folder }, c)
  for (const user of ['kube-controller-manager', 'kube-scheduler', 'kwok'])
    await writeComponentKubeconfig(c.paths, { region, user })
  await writeAtomically(schedulerConfigFile(layout), schedulerConfig(layout), 0o600)
  await writeAtomically(kwokConfigFile(layout), kwokConfiguration, 0o600)
}

/** Brings one prepared region up: the API server first, then everything that talks to it, and the nodes. */
export async function startRegion(up: RegionUp, session: Session): Promise<void> {
  const layout = layoutOf(session.c.paths, session.record, up.region)
  await startApiServer(up.region, { layout, session })
  const client = await connectAs('admin', 'kube-apiserver', layout)
  try {
    await allowKwok(client, session)
    await Promise.all([
      startAndAwait(controllerManager(up.region, layout), { layout, session }),
      startAndAwait(scheduler(up.region, layout), { layout, session }),
      startAndAwait(kwok(up.region, layout), { layout, session }),
      reconcileNodes(client, up.nodes, layout.nodeRange),
    ])
    await awaitNodes(up, { client, session })
  } finally {
    client.close()
  }
}

interface Context {
  layout: RegionLayout
  session: Session
}

async function startApiServer(region: RegionRecord, context: Context): Promise<void> {
  const { layout } = context
  const names = ['ca', 'kube-apiserver', 'front-proxy-ca', 'front-proxy-client']
  await startAndAwait(
    {
      component: componentOf(region, 'kube-apiserver'),
      region: region.name,
      folder: layout.folder,
      args: apiServerArguments(layout),
      files: [...names.map((name) => layout.tls(`${name}.crt`)), layout.etcdTls('ca.crt')],
    },
    context,
  )
}

function controllerManager(region: RegionRecord, layout: RegionLayout): ComponentStart {
  return {
    component: componentOf(region, 'kube-controller-manager'),
    region: region.name,
    folder: layout.folder,
    args: controllerManagerArguments(layout),
    files: [layout.kubeconfig('kube-controller-manager'), layout.tls('ca.crt')],
  }
}

function scheduler(region: RegionRecord, layout: RegionLayout): ComponentStart {
  return {
    component: componentOf(region, 'kube-scheduler'),
    region: region.name,
    folder: layout.folder,
    args: schedulerArguments(layout),
    files: [layout.kubeconfig('kube-scheduler'), schedulerConfigFile(layout)],
  }
}

function kwok(region: RegionRecord, layout: RegionLayout): ComponentStart {
  return {
    component: componentOf(region, 'kwok'),
    region: region.name,
    folder: layout.folder,
    args: kwokArguments(layout),
    files: [layout.kubeconfig('kwok'), kwokConfigFile(layout)],
  }
}

const healthPaths: Readonly<Partial<Record<ComponentName, string>>> = { 'kube-apiserver': '/readyz' }

async function startAndAwait(start: ComponentStart, { layout, session }: Context): Promise<void> {
  const { component, region } = start
  const started = await ensureComponent(start, session)
  const user = component.name === 'kube-apiserver' ? 'admin' : component.name
  const client = await connectAs(user, component.name, layout)
  try {
    await awaitReady(
      {
        component: component.name,
        region,
        identity: component.process,
        logFile: componentLogFile(session.c.paths, { name: component.name, region }),
        deadlineMs: readyWithinMs,
        check: async () =>
          (await client.send({ method: 'GET', path: healthPaths[component.name] ?? '/healthz' })).status ===
          200,
      },
      session.c,
    )
  } finally {
    client.close()
  }
  if (started) notify('ready', start, session)
}

async function connectAs(user: string, name: ComponentName, layout: RegionLayout): Promise<SandboxClient> {
  if (name === 'etcd') throw new RangeError('etcd belongs to no region')
  return connectSandbox({
    port: layout.ports[name],
    authorityFile: layout.tls('ca.crt'),
    certificateFile: layout.tls(`${user}.crt`),
    keyFile: layout.tls(`${user}.key`),
  })
}

/** Gives kwok's user exactly what `templates/sandbox/kwok-access.yaml` says. */
async function allowKwok(client: SandboxClient, { c }: Session): Promise<void> {
  const text = await readFile(join(c.paths.packageRoot, 'templates', 'sandbox', 'kwok-access.yaml'), 'utf8')
  const objects = parseAllDocuments(text).map((document) => document.toJS() as RbacObject)
  await Promise.all(
    objects.map((object) =>
      expectSuccess(client, {
        method: 'PATCH',
        path: `/apis/${object.apiVersion}/${object.kind.toLowerCase()}s/${object.metadata.name}?fieldManager=iv-sandbox&force=true`,
        contentType: 'application/apply-patch+yaml',
        body: object,
      }),
    ),
  )
}

interface RbacObject {
  apiVersion: string
  kind: string
  metadata: { name: string }
}

async function awaitNodes(
  up: RegionUp,
  { client, session }: { client: SandboxClient; session: Session },
): Promise<void> {
  const { c } = session
  const wanted = new Set(up.nodes.map(({ name }) => name))
  const kwokProcess = componentOf(up.region, 'kwok').process
  await awaitReady(
    {
      component: 'nodes',
      region: up.region.name,
      identity: kwokProcess,
      logFile: componentLogFile(c.paths, { name: 'kwok', region: up.region.name }),
      deadlineMs: readyWithinMs,
      check: async () => {
        const ready = (await listNodes(client)).filter(
          (node) => wanted.has(node.metadata.name) && isReady(node),
        )
        return ready.length === wanted.size
      },
    },
    c,
  )
  c.host.notify('local.nodes', { ready: wanted.size, total: wanted.size }, up.region.name)
}
