import type { PlatformObject } from '../../kubernetes.ts'
import { mediaProfilesName } from '../../rules/policy-files.ts'
import { livekitConfigName } from '../../rules/media-process.ts'
import type { ScaledObject } from '../kinds/keda.ts'
import { scalingFidelity } from '../scaling.ts'
import { type Fidelity, idOf, type ObjectId, type SystemContext } from '../system-plan.ts'
import { mostTracks } from './livekit-config.ts'

const layer = 'Media Layer (Stateful)'
const config: ObjectId = { kind: 'ConfigMap', name: livekitConfigName }
const pods: ObjectId = { kind: 'Deployment', name: 'sfu' }

/** How truly the objects carry what the document asks of media servers. */
export function mediaFidelity(context: SystemContext, objects: readonly PlatformObject[]): Fidelity[] {
  const { specification } = context.platform
  const scaler = objects.find(({ kind }) => kind === 'ScaledObject') as ScaledObject
  const of = (kind: string) => objects.filter((object) => object.kind === kind).map(idOf)
  return [
    scalingFidelity(context, { row: 'SFU Servers', pool: 'sfu', object: scaler }),
    {
      demand: `${layer}: SFU Pods 1 to N, each with its sessions`,
      carried: 'exact',
      objects: [pods, { kind: 'PodDisruptionBudget', name: 'sfu' }, ...of('NodePool')],
      reason: 'one server per machine, and no machine is taken back, replaced or repacked while it has a pod',
    },
    {
      demand: 'Session Affinity Requirements: a WebRTC connection stays on its SFU until the session ends',
      carried: 'exact',
      objects: [pods, ...of('NodePool')],
      reason: `SIGTERM takes no new room and waits until the last participant left; the grace is the longest session and its margin`,
    },
    {
      demand: `${layer}: a server that holds ${specification.affinity.maxSessionsPerServer ?? 'all'} sessions takes no other`,
      carried: 'approximated',
      objects: [config],
      reason: `LiveKit limits tracks and not rooms: ${mostTracks(specification)} tracks at ${specification.media.sessionTracks} a session`,
    },
    {
      demand: `${layer}: scale-in takes idle servers first`,
      carried: 'elsewhere',
      objects: [],
      reason:
        'nothing writes pod-deletion-cost from room counts; any server that is chosen drains first, one per five minutes',
    },
    {
      demand: `${layer}: sessions move from a server that leaves to another one`,
      carried: 'elsewhere',
      objects: [],
      reason: 'LiveKit has no live migration: a lost server is recovered by the client joining again',
    },
    spareFidelity(of('CapacityBuffer')),
    {
      demand: 'Multi-Region Architecture: candidates reach their SFU from networks that let only HTTPS out',
      carried: 'exact',
      objects: [config, ...of('Service')],
      reason:
        'TURN over TLS on 443 at the load balancer; the certificate is a Secret that is only referred to',
    },
    {
      demand:
        'Degradation Triggers: SFU overload, reduce video quality, audio-only; network degradation, adaptive bitrate',
      carried: 'exact',
      objects: [config, { kind: 'ConfigMap', name: mediaProfilesName }],
      reason:
        'quality is a profile that the ladder’s flags choose; audio-only is a grant that the server enforces in running sessions',
    },
  ]
}

function spareFidelity(buffers: readonly ObjectId[]): Fidelity {
  const demand = `${layer}: a warm spare, because a new server needs a machine`
  if (buffers.length === 0) {
    return {
      demand,
      carried: 'elsewhere',
      objects: [],
      reason: 'provisioning.capacityBuffers is off: a new server waits for its machine',
    }
  }
  return {
    demand,
    carried: 'approximated',
    objects: buffers,
    reason:
      'a CapacityBuffer of the size of one server, where the autoscaler of nodes knows it: Cluster Autoscaler does, Karpenter behind its alpha gate',
  }
}
