import { namespaceName } from '../../names.ts'
import { routerConfigName, routerConfigKey } from '../../rules/router-process.ts'
import { tierOf, workloadsOfRole } from '../../tiers.ts'
import { type SystemContext, systemMetadata, type SystemPlan } from '../system-plan.ts'
import { routerConfiguration } from './bootstrap.ts'
import { affinityFidelity } from './fidelity.ts'
import { gatewayObjects } from './gateway.ts'

/** How a session finds its servers and stays with them: the router's ring, and the gateway in front of it. */
export function planAffinity(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  const { domain } = platform.specification
  if (!workloadsOfRole(identity.role).includes('session-router')) return undefined
  return {
    name: 'affinity',
    component: 'iv:system:Affinity',
    objects: [routerConfig(context), ...(domain === undefined ? [] : gatewayObjects(context, domain))],
    fidelity: affinityFidelity(),
    findings: [],
  }
}

function routerConfig(context: SystemContext) {
  const { platform, identity } = context
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: systemMetadata(context, 'affinity', {
      name: routerConfigName,
      namespace: namespaceName(identity.platform, tierOf('session-router')),
      app: 'session-router',
    }),
    data: { [routerConfigKey]: routerConfiguration(platform.specification, identity.region) },
  }
}
