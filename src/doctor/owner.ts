import type { Cluster } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { labels, managedBy } from '../names.ts'
import type { Specification } from '../spec/schema/specification.ts'
import type { Check } from './check.ts'

/** Under which names the controllers of Argo CD and Flux write; their users do not choose them. */
const controllers = new Set([
  'argocd-controller',
  'argocd-application-controller',
  'kustomize-controller',
  'helm-controller',
])

interface Metadata {
  namespace?: string
  name: string
  managedFields?: readonly { manager?: string }[]
}

/** Deployments stand for the rest: every region that runs anything has some, and whoever owns it writes them. */
const deployments = '/apis/apps/v1/deployments'
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

/** Whether a controller writes what the environment says that `iv` itself owns. Reads metadata, nothing else. */
export async function checkOwner(
  id: string,
  cluster: Cluster,
  { delivery, platform }: { delivery: Specification['delivery']; platform: string },
): Promise<Check> {
  if (delivery === 'gitops') return { id, status: 'ok', detail: 'a GitOps controller owns what runs here' }
  const selector = `${labels.managedBy}=${managedBy},${labels.partOf}=${platform}`
  const path = `${deployments}?labelSelector=${encodeURIComponent(selector)}`
  const response = await cluster.request({ method: 'GET', path, accept: metadataOnly })
  if (response.status !== 200) {
    return { id, status: 'skip', detail: failureOf(response, 'Deployments').message }
  }
  const items = (response.body['items'] ?? []) as readonly { metadata: Metadata }[]
  const foreign = items.flatMap(({ metadata }) => writtenByController(metadata))
  const [first] = foreign
  if (!first)
    return { id, status: 'ok', detail: `no GitOps controller writes any of ${items.length} Deployments` }
  const more = foreign.length === 1 ? '' : `, and ${foreign.length - 1} more`
  return {
    id,
    status: 'fail',
    detail: `delivery is pulumi, but a GitOps controller writes too: ${first}${more}`,
    hint: 'take the region out of the controller, or set delivery: gitops for this environment',
  }
}

function writtenByController({ namespace, name, managedFields = [] }: Metadata): string[] {
  const manager = managedFields.map((entry) => entry.manager ?? '').find((each) => controllers.has(each))
  return manager === undefined ? [] : [`Deployment ${namespace ?? ''}/${name} as ${manager}`]
}
