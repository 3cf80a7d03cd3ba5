import type { Cluster } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import type { Check } from './check.ts'

/** What a region's lock needs on Leases of kube-system. */
const verbs = ['get', 'create', 'update'] as const

/** Whether a deploy could take the region's lock: asked of the server's own authorizer, which changes nothing. */
export async function checkLockRight(id: string, cluster: Cluster): Promise<Check> {
  const missing: string[] = []
  for (const verb of verbs) {
    const resourceAttributes = {
      namespace: 'kube-system',
      group: 'coordination.k8s.io',
      resource: 'leases',
      verb,
    }
    const response = await cluster.request({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      },
    })
    if (response.status !== 201)
      return { id, status: 'skip', detail: failureOf(response, 'review of own rights').message }
    const status = response.body['status'] as { allowed?: boolean } | undefined
    if (status?.allowed !== true) missing.push(verb)
  }
  if (missing.length === 0) return { id, status: 'ok', detail: 'the lock of the region may be taken' }
  return {
    id,
    status: 'fail',
    detail: `leases of kube-system: ${missing.join(', ')} not allowed`,
    hint: 'a deploy locks its region there: ask for get, create and update on leases of kube-system',
  }
}
