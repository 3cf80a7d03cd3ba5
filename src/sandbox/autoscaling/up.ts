import { objectsOf } from '../../platform/objects.ts'
import type { RegionPlan } from '../../platform/region-plan.ts'
import type { Platform } from '../../spec/platform.ts'
import { type SandboxClient, applyObject } from '../client.ts'
import { componentLogFile, regionFolder } from '../places.ts'
import { loopback } from '../ports.ts'
import { componentOf, type RegionRecord } from '../record.ts'
import type { Session } from '../session.ts'
import { settleAll } from '../settle.ts'
import { ensureComponent, notify } from '../start.ts'
import { awaitReady } from '../wait.ts'
import { writeAutoscalingFiles } from './files.ts'
import { type AutoscalingLayout, autoscalingLayout } from './layout.ts'
import { autoscalingObjects } from './objects.ts'
import { type AutoscalingComponent, autoscalingComponents } from './ports.ts'
import { programRecipes } from './programs.ts'

const readyWithinMs = 120_000

export interface AutoscalingUp {
  platform: Platform
  region: RegionRecord
  plan: RegionPlan
  client: SandboxClient
}

/**
 * Starts what scales pods and nodes in a region whose control plane and custom kinds are up, and returns when the API
 * server answers questions for external metrics.
 */
export async function startAutoscaling(up: AutoscalingUp, session: Session): Promise<void> {
  const { region, client, plan } = up
  const layout = autoscalingLayout(region, regionFolder(session.c.paths, region.name))
  await writeAutoscalingFiles({ ...up, layout }, session)
  for (const { path, body } of autoscalingObjects(layout, nodePoolsOf(plan))) {
    await applyObject(client, path, { body })
  }
  await settleAll(autoscalingComponents.map((name) => startProgram(name, { ...up, layout }, session)))
}

/** Each refers to a node class of its own name. */
function nodePoolsOf(plan: RegionPlan): string[] {
  return objectsOf(plan).flatMap(({ kind, metadata }) => (kind === 'NodePool' ? [metadata.name] : []))
}

async function startProgram(
  name: AutoscalingComponent,
  { region, layout, client }: AutoscalingUp & { layout: AutoscalingLayout },
  session: Session,
): Promise<void> {
  const recipe = programRecipes[name]
  const start = {
    component: componentOf(region, name),
    region: region.name,
    folder: layout.folder,
    args: recipe.args(layout),
    env: recipe.env?.(layout) ?? {},
    files: recipe.files(layout),
  }
  await ensureComponent(start, session)
  await awaitReady(
    {
      component: name,
      region: region.name,
      identity: start.component.process,
      logFile: componentLogFile(session.c.paths, { name, region: region.name }),
      deadlineMs: readyWithinMs,
      check: () => isReady(name, { layout, client }, session),
    },
    session.c,
  )
  notify('ready', start, session)
}

const healthPaths = { prometheus: '/-/ready', 'keda-operator': '/readyz', karpenter: '/readyz' } as const

/** The adapter is ready when the API server gets answers through it, which is what autoscalers do. */
async function isReady(
  name: AutoscalingComponent,
  { layout, client }: { layout: AutoscalingLayout; client: SandboxClient },
  { c }: Session,
): Promise<boolean> {
  if (name === 'keda-adapter') {
    const { status } = await client.request({ method: 'GET', path: '/apis/external.metrics.k8s.io/v1beta1' })
    return status === 200
  }
  const url = `http://${loopback}:${layout.port(name)}${healthPaths[name]}`
  return fetch(url, { signal: c.signal }).then(
    ({ ok }) => ok,
    () => false,
  )
}
