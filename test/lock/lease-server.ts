import type { Cluster, ClusterRequest, ClusterResponse, JsonObject } from '../../src/cluster/cluster.ts'
import { fakeCluster } from '../deploy/fake-cluster.ts'

export interface LeaseServer extends Cluster {
  /** The Lease as it is stored. */
  stored(): JsonObject | undefined
  /** Answers nothing until told otherwise, as a network that is cut. */
  cut(isCut: boolean): void
}

interface Stored extends JsonObject {
  metadata: { resourceVersion?: string }
}

/** One Lease with an API server's rules: who brings an old resource version, or makes it twice, gets a 409. */
export function leaseServer(): LeaseServer {
  let lease: Stored | undefined
  let version = 0
  let isCut = false
  const store = (body: Stored): ClusterResponse => {
    version += 1
    lease = { ...body, metadata: { ...body.metadata, resourceVersion: String(version) } }
    return { status: 200, body: lease }
  }
  const answer = ({ method, body }: ClusterRequest): ClusterResponse => {
    if (isCut) throw new Error('no answer')
    const sent = body as Stored
    if (method === 'GET') return lease ? { status: 200, body: lease } : { status: 404, body: {} }
    if (method === 'POST') return lease ? { status: 409, body: {} } : store(sent)
    const isCurrent = lease?.metadata.resourceVersion === sent.metadata.resourceVersion
    return isCurrent ? store(sent) : { status: 409, body: {} }
  }
  return {
    ...fakeCluster(answer),
    stored: () => lease,
    cut(wanted) {
      isCut = wanted
    },
  }
}
