import { degradationFlags } from '../../../degrade/level.ts'
import type { Finding } from '../../../failure.ts'
import { namespaceName } from '../../names.ts'
import { tierOf, workloadsOfRole } from '../../tiers.ts'
import { type SystemContext, systemMetadata, type SystemPlan } from '../system-plan.ts'
import { degradationFidelity } from './fidelity.ts'
import { degradationFlagSet } from './flags.ts'
import { receiverObjects } from './receiver.ts'
import { degradationRules } from './rules.ts'

/** The ladder as flags, the alerts that move it, and the receiver that they speak to. */
export function planDegradation(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  if (!workloadsOfRole(identity.role).includes('conductor')) return undefined
  const namespace = namespaceName(identity.platform, tierOf('conductor'))
  const metadata = (name: string) => systemMetadata(context, 'degradation', { name, namespace })
  const name = degradationFlags.object
  const image = platform.specification.images.iv
  return {
    name: 'degradation',
    component: 'iv:system:Degradation',
    objects: [
      {
        apiVersion: 'core.openfeature.dev/v1beta1',
        kind: 'FeatureFlag',
        metadata: metadata(name),
        spec: { flagSpec: { flags: degradationFlagSet(platform.specification) } },
      },
      {
        apiVersion: 'core.openfeature.dev/v1beta1',
        kind: 'FeatureFlagSource',
        metadata: metadata(name),
        spec: { sources: [{ source: `${namespace}/${name}`, provider: 'kubernetes' }] },
      },
      {
        apiVersion: 'core.openfeature.dev/v1beta1',
        kind: 'Flagd',
        metadata: metadata('flagd'),
        spec: { replicas: 2, serviceType: 'ClusterIP', featureFlagSource: name },
      },
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata: metadata(name),
        spec: { groups: [degradationRules(platform.specification)] },
      },
      ...(image === undefined ? [] : receiverObjects(context, image)),
    ],
    fidelity: degradationFidelity(image !== undefined),
    findings: image === undefined ? [noReceiver(identity.region)] : [],
  }
}

function noReceiver(region: string): Finding {
  return {
    id: 'no-alert-receiver',
    severity: 'warning',
    path: 'images.iv',
    message: `${region}: images.iv is not set, so nothing moves the automatic degradation level`,
    hint: 'set images.iv to an image of iv, or move the level by hand with iv degrade set',
  }
}
