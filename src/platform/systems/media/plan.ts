import { labels } from '../../../names.ts'
import type { PlatformObject } from '../../kubernetes.ts'
import { namespaceName } from '../../names.ts'
import { livekitConfigKey, livekitConfigName } from '../../rules/media-process.ts'
import { mediaProfilesName } from '../../rules/policy-files.ts'
import { terminationGrace } from '../../rules/termination-grace.ts'
import { poolsOfRole, tierOf, workloadsOfRole } from '../../tiers.ts'
import { configMap } from '../config-map.ts'
import { capacityBuffer, mostNodes, nodePool } from '../node-pool.ts'
import { scaledObject } from '../scaled-object.ts'
import { type SystemContext, systemMetadata, type SystemPlan } from '../system-plan.ts'
import { mediaFidelity } from './fidelity.ts'
import { livekitConfig } from './livekit-config.ts'
import { mediaProfiles } from './profiles.ts'

/** SFU servers: they hold sessions, so they are many, they drain, and what they scale on are the sessions. */
export function planMedia(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  if (!poolsOfRole(identity.role).includes('sfu')) return undefined
  const { nodeShapes, pools, provisioning } = platform.specification
  const namespace = namespaceName(identity.platform, tierOf('sfu'))
  const { spare } = nodeShapes[pools.sfu.nodeShape]
  const hasBuffer = provisioning.capacityBuffers && spare > 0
  const objects = [
    mediaNodes(context),
    configMap(
      context,
      { system: 'media', name: livekitConfigName, reader: 'sfu' },
      { [livekitConfigKey]: livekitConfig(platform.specification, identity.region) },
    ),
    turnService(context, namespace),
    scaledObject(context, 'media', 'sfu'),
    ...(hasBuffer
      ? [capacityBuffer(context, 'media', { workload: 'sfu', namespace, instances: spare })]
      : []),
    ...profiles(context),
  ]
  return {
    name: 'media',
    component: 'iv:system:Media',
    objects,
    fidelity: mediaFidelity(context, objects),
    findings: [],
  }
}

/** Half an hour above the longest drain: what takes longer than that hangs. */
const forceAfterSeconds = 1800

function mediaNodes(context: SystemContext): PlatformObject {
  const { specification } = context.platform
  const { nodeShape } = specification.pools.sfu
  return nodePool(context, {
    system: 'media',
    shape: nodeShape,
    capacityTypes: ['on-demand'],
    nodes: mostNodes(context, nodeShape),
    consolidateAfter: '10m',
    budgets: [{ nodes: '0', reasons: ['Drifted', 'Underutilized'] }, { nodes: '1' }],
    graceSeconds: terminationGrace(specification, 'sfu').secondsCeil + forceAfterSeconds,
  })
}

/** The relay behind the port that every network lets out. TLS ends in the media server, which has the certificate. */
function turnService(context: SystemContext, namespace: string): PlatformObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: systemMetadata(context, 'media', { name: 'sfu-turn', namespace, app: 'sfu' }),
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: { [labels.name]: 'sfu', [labels.partOf]: context.identity.platform },
      ports: [{ name: 'turn-tls', protocol: 'TCP', port: 443, targetPort: 'turn-tls' }],
    },
  }
}

/** Beside those who hand out access to sessions. */
function profiles(context: SystemContext): PlatformObject[] {
  const { platform, identity } = context
  if (!workloadsOfRole(identity.role).includes('conductor')) return []
  const data = { 'profiles.json': mediaProfiles(platform.specification) }
  return [configMap(context, { system: 'media', name: mediaProfilesName, reader: 'conductor' }, data)]
}
