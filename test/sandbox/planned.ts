import { systemClock } from '../../src/clock.ts'
import type { Cluster, ClusterResponse, JsonObject } from '../../src/cluster/cluster.ts'
import type { PlannedObject } from '../../src/platform/objects.ts'

/** Server-side apply as the stack does it; `dryRun` stores nothing. Unknown and duplicate fields are refused. */
export async function apply(
  cluster: Cluster,
  object: PlannedObject | JsonObject,
  options: { dryRun: boolean },
): Promise<ClusterResponse> {
  const { apiVersion, kind, metadata } = object as PlannedObject
  const path = await cluster.pathOf({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name })
  if (path === undefined) throw new Error(`the server has no ${apiVersion} ${kind}`)
  const dryRun = options.dryRun ? '&dryRun=All' : ''
  return cluster.request({
    method: 'PATCH',
    path: `${path}?fieldManager=iv-test&force=true&fieldValidation=Strict${dryRun}`,
    contentType: 'application/apply-patch+yaml',
    body: object,
  })
}

/** Deletes an object and everything in it, and returns at once. */
export async function remove(cluster: Cluster, { apiVersion, kind, metadata }: PlannedObject): Promise<void> {
  const path = await cluster.pathOf({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name })
  await cluster.request({ method: 'DELETE', path: `${path}?propagationPolicy=Background` })
}

/** Resolves when a deleted object no longer exists. */
export async function gone(cluster: Cluster, { apiVersion, kind, metadata }: PlannedObject): Promise<void> {
  const path = await cluster.pathOf({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name })
  const deadline = systemClock.monotonicMs() + 60_000
  while ((await cluster.request({ method: 'GET', path: String(path) })).status !== 404) {
    if (systemClock.monotonicMs() > deadline) throw new Error(`${kind} ${metadata.name} is still there`)
    await systemClock.sleep(200)
  }
}

/** Paths at which the server's copy differs from what was sent; what the server adds is no difference. */
export function differences(sent: unknown, stored: unknown, path = ''): string[] {
  if (Array.isArray(sent)) {
    const list = Array.isArray(stored) ? stored : []
    return sent.flatMap((item, index) => differences(item, list[index], `${path}[${index}]`))
  }
  if (typeof sent === 'object' && sent !== null) {
    const tree = (stored ?? {}) as JsonObject
    return Object.entries(sent).flatMap(([key, value]) => differences(value, tree[key], `${path}.${key}`))
  }
  return sent === stored ? [] : [`${path}: sent ${JSON.stringify(sent)}, stored ${JSON.stringify(stored)}`]
}
