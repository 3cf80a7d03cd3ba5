import { Provider } from '@pulumi/kubernetes/provider.js'
import type { ClusterAccess } from '../src/cluster/cluster.ts'
import type { RegionIdentity } from '../src/platform/region-plan.ts'

/**
 * The cluster of this stack. The kubeconfig is no argument: contents would lie in the state in clear, token included,
 * and a path is true on one machine only. The provider gets it beside the program. `clusterIdentifier` alone decides whether another cluster is meant, so a moved or renewed kubeconfig
 * replaces nothing; whether the cluster is the same is checked against its UID before the engine starts. ConfigMaps
 * and Secrets are changed in place: with fixed names a replacement is a moment without the object.
 */
export function clusterProvider(identity: RegionIdentity, cluster: ClusterAccess): Provider {
  return new Provider('cluster', {
    context: cluster.context,
    clusterIdentifier: `${identity.project}/${identity.stack}`,
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  })
}
