import { hasTolerance } from '../../spec/kubernetes-version.ts'
import { namespaceName } from '../names.ts'
import { cpuAutoscaler } from '../rules/autoscaler.ts'
import { bandFinding } from '../rules/band-finding.ts'
import { poolsOfRole, tierOf } from '../tiers.ts'
import { idOf, type SystemContext, systemMetadata, type SystemPlan } from './system-plan.ts'

/** The API servers scale on the CPU that they use, which Kubernetes itself can read. */
export function planApi(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  if (!poolsOfRole(identity.role).includes('api')) return undefined
  const { pools, regions } = platform.specification
  const version = regions[identity.region]?.kubernetesVersion ?? ''
  const isExact = hasTolerance(version)
  const metadata = systemMetadata(context, 'api', {
    name: 'api',
    namespace: namespaceName(identity.platform, tierOf('api')),
  })
  const autoscaler = cpuAutoscaler(metadata, pools.api, version)
  const { scaleOut, scaleIn } = pools.api.trigger
  return {
    name: 'api',
    component: 'iv:system:Api',
    objects: [autoscaler],
    fidelity: [
      {
        demand: `Scaling Triggers: API Servers, CPU >${scaleOut} % / <${scaleIn} %`,
        carried: isExact ? 'exact' : 'approximated',
        objects: [idOf(autoscaler)],
        reason: isExact
          ? 'target is the scale-out threshold, tolerance per direction makes the band'
          : 'Kubernetes below 1.35 has one tolerance for both directions: it scales in right below its target',
      },
    ],
    findings: isExact ? [] : [bandFinding(identity.region, version)],
  }
}
