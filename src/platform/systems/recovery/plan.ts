import type { Specification } from '../../../spec/schema/specification.ts'
import { workloadsOfRole } from '../../tiers.ts'
import { regionHost } from '../affinity/gateway.ts'
import { documentMap } from '../document.ts'
import type { SystemContext, SystemPlan } from '../system-plan.ts'

/** The session recovery protocol as one document for both sides: each acts by its own part, and both know the clock. */
export function planRecovery(context: SystemContext): SystemPlan | undefined {
  if (!workloadsOfRole(context.identity.role).includes('conductor')) return undefined
  const object = { kind: 'ConfigMap', name: 'session-recovery' }
  return {
    name: 'recovery',
    component: 'iv:system:Recovery',
    objects: [documentMap(context, 'recovery', { name: object.name, content: sessionRecovery(context) })],
    fidelity: [
      {
        demand: 'Session Recovery Protocol: T+5 s … T+25 s, 60 s before a reschedule is offered',
        carried: 'exact',
        objects: [object],
        reason:
          'one document for client and server; the client’s own watchdog starts it, health checks would need 15 s',
      },
      {
        demand: 'Session Recovery Protocol: recording marks the gap and resumes on the new server',
        carried: 'approximated',
        objects: [object],
        reason:
          'a LiveKit recording ends with its server: it is a list of segments, and the gap between two is its mark',
      },
      {
        demand: 'Session Recovery Protocol: a room moves to another SFU',
        carried: 'elsewhere',
        objects: [object],
        reason:
          'LiveKit moves no room: clients join again, and the room is made anew on a server with fresh statistics',
      },
    ],
    findings: [],
  }
}

function sessionRecovery({ platform, identity }: SystemContext) {
  const { recovery, regions, affinity, domain = '' } = platform.specification
  const { failoverTo } = regions[identity.region] ?? {}
  const hosts = [identity.region, ...(failoverTo === undefined ? [] : [failoverTo])].map((region) =>
    regionHost(domain, region),
  )
  return {
    apiVersion: 'iv.dev/v1',
    kind: 'SessionRecovery',
    timelineMs: Object.fromEntries(Object.entries(recovery.timeline).map(([step, at]) => [step, at.ms])),
    client: {
      /** Libraries notice after 13 s and more: the client watches its own received bytes. */
      watchdog: { sampleEveryMs: 200, silentForMs: Math.min(recovery.clientNotices?.ms ?? 5000, 5000) },
      reconnectAfterMs: recovery.timeline.reconnectionInitiated.ms,
      hosts,
      attempts: [
        { host: 'same', delaysMs: [0, 300, 1200, 2700, 4800] },
        { host: 'next', everyMs: 7000 },
      ],
      giveUp: rescheduleLimits(recovery),
      messages: { lost: 'Connection lost, reconnecting', restored: 'Connection restored' },
    },
    server: {
      interruptedAfterFailedChecks: recovery.failedHealthChecks,
      checkEveryMs: affinity.failover.healthCheckInterval.ms,
      startedBy: recovery.startedBy ?? 'healthChecks',
      restore: {
        from: recovery.stateFrom ?? 'redis',
        state: ['conversation history', 'current question index', 'partial transcript'],
        resumeFrom: 'the last complete exchange',
        commit: 'each complete exchange, before it is acknowledged',
      },
      recording: {
        form: 'segments',
        gapMarker: { fields: ['endedAt', 'resumedAt', 'reason'], newEgressPerServer: true },
      },
      says: 'I apologize for the interruption. Where were we?',
    },
  }
}

function rescheduleLimits({
  offerRescheduleAfter,
  offerRescheduleAfterRegionLoss,
}: Specification['recovery']) {
  return {
    offerRescheduleAfterMs: offerRescheduleAfter.ms,
    afterRegionLossMs: (offerRescheduleAfterRegionLoss ?? offerRescheduleAfter).ms,
  }
}
