import { Provider } from '@pulumi/kubernetes/provider.js'
import type { ResourceTransformation } from '@pulumi/pulumi'
import type { ClusterAccess } from '../src/cluster/cluster.ts'
import type { RegionIdentity } from '../src/platform/region-plan.ts'

/**
 * The cluster of this stack. The kubeconfig is no argument: contents would lie in the state in clear, token included,
 * and a path is true on one machine only. The provider gets it beside the program. `clusterIdentifier` alone decides whether another cluster is meant, so a moved or renewed kubeconfig
 * replaces nothing; whether the cluster is the same is checked against its UID before the engine starts. ConfigMaps
 * and Secrets are changed in place: with fixed names a replacement is a moment without the object.
 */
export function clusterProvider(identity: RegionIdentity, cluster: ClusterAccess): Provider {
  const args = {
    context: cluster.context,
    clusterIdentifier: `${identity.project}/${identity.stack}`,
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  }
  return new Provider('cluster', args, { transformations: [only(Object.keys(args))] })
}

/**
 * The class fills what is not said from the environment (`KUBECONFIG`, `PULUMI_K8S_ENABLE_PATCH_FORCE`): a shell's
 * settings would enter the state, and decide which file a region is looked up in and whether conflicts are overrun.
 */
function only(names: readonly string[]): ResourceTransformation {
  return ({ props, opts }) => ({
    props: Object.fromEntries(Object.entries(props).filter(([name]) => names.includes(name))),
    opts,
  })
}
