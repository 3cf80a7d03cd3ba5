import type { Fidelity, ObjectId } from '../system-plan.ts'

const sticky = 'Sticky Session Configuration'
const router: ObjectId[] = [{ kind: 'ConfigMap', name: 'session-router-envoy' }]

export function affinityFidelity(): Fidelity[] {
  return [
    {
      demand: `${sticky}: consistent_hashing by session_id, ring_size, virtual_nodes per server`,
      carried: 'exact',
      objects: router,
      reason:
        'Envoy ring hash; minimum_ring_size is the larger of the ring’s slots and 150 × the most servers',
    },
    {
      demand: `${sticky}: health check every 5 s, unhealthy after 3, healthy after 2`,
      carried: 'exact',
      objects: router,
      reason:
        'active checks; all statuses from 400 on are retriable, or Envoy would act on the first failure. The very first check after a start needs one success only',
    },
    {
      demand: `${sticky}: drain_timeout 30 s`,
      carried: 'exact',
      objects: [
        { kind: 'Deployment', name: 'session-router' },
        { kind: 'EnvoyProxy', name: 'gateway' },
      ],
      reason:
        'how long callers have to look away from a router that leaves; an SFU server finishes its interviews (IV-DRAIN-001)',
    },
    {
      demand: 'Session Affinity Requirements: continuous connection to the same SFU',
      carried: 'approximated',
      objects: router,
      reason:
        'the ring keeps signalling local; LiveKit itself places rooms and relays from any server, and media goes to the node directly',
    },
    {
      demand: 'Session Affinity Requirements: session load balancer behind the global one',
      carried: 'exact',
      objects: [
        { kind: 'Gateway', name: 'gateway' },
        { kind: 'HTTPRoute', name: 'api' },
        { kind: 'HTTPRoute', name: 'session-router' },
      ],
      reason: 'Gateway API, one gateway per region; the global layer is DNS',
    },
    {
      demand: 'Circuit Breaker Implementation, as an outer guard',
      carried: 'approximated',
      objects: [{ kind: 'BackendTrafficPolicy', name: 'api' }],
      reason:
        'outlier ejection is per server, its time grows with every ejection, and it has no half-open state; the exact breaker is in the caller',
    },
  ]
}
