import { priorityNames } from '../../../spec/schema/gpu.ts'
import type { Specification } from '../../../spec/schema/specification.ts'
import { metricNamed } from '../../metrics/catalogue.ts'
import { namespaceName } from '../../names.ts'
import { poolsOfRole, tierOf, workloadsOfRole } from '../../tiers.ts'
import { type WorkName, workOf } from '../../work.ts'
import { documentMap } from '../document.ts'
import { type SystemContext, systemMetadata, type SystemPlan } from '../system-plan.ts'

/** Recovery objectives and the order of recovery as data: drills judge by them, and the replication alert reads them. */
export function planObjectives(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  if (!workloadsOfRole(identity.role).includes('conductor')) return undefined
  const lag = replicationAlert(context)
  return {
    name: 'objectives',
    component: 'iv:system:Objectives',
    objects: [
      documentMap(context, 'objectives', {
        name: 'recovery-objectives',
        content: recoveryObjectives(platform.specification),
      }),
      ...(lag ? [lag] : []),
    ],
    fidelity: [
      {
        demand:
          'Recovery Objectives: component 30 s / 0, AZ 2 min / 0, region 15 min / 1 min, outage 1 h / 5 min',
        carried: 'exact',
        objects: [{ kind: 'ConfigMap', name: 'recovery-objectives' }],
        reason: 'data that drills judge by, with the stricter objectives of each pair of regions beside it',
      },
      ...(lag
        ? [
            {
              demand: 'Recovery Objectives: RPO, watched between drills',
              carried: 'approximated' as const,
              objects: [{ kind: 'PrometheusRule', name: 'recovery-objectives' }],
              reason: 'replication lag is what would be lost now; what was really lost only a drill can tell',
            },
          ]
        : []),
    ],
    findings: [],
  }
}

function recoveryObjectives(specification: Specification) {
  const { disasterRecovery, recovery, regions } = specification
  const links = Object.entries(regions).flatMap(([to, { replication }]) => {
    if (!replication) return []
    const { from, mode, rto, rpo } = replication
    const own = disasterRecovery.region
    return [{ from, to, mode, rtoMs: (rto ?? own.rto).ms, rpoMs: (rpo ?? own.rpo).ms }]
  })
  return {
    apiVersion: 'iv.dev/v1',
    kind: 'RecoveryObjectives',
    extents: Object.fromEntries(
      Object.entries(disasterRecovery).map(([extent, { rto, rpo, strategy }]) => [
        extent,
        { rtoMs: rto.ms, rpoMs: rpo.ms, strategy },
      ]),
    ),
    links,
    sessionMs: recovery.offerRescheduleAfter.ms,
    priorities: priorityNames.map((priority) => ({
      priority,
      restores: [...poolsOfRole('primary'), ...workloadsOfRole('primary')].filter(
        (name: WorkName) => workOf(specification, name).priority === priority,
      ),
    })),
  }
}

/** In a region that follows another one; a synchronous link has no lag that counts, so its least is one second. */
function replicationAlert(context: SystemContext) {
  const { platform, identity } = context
  const { regions, disasterRecovery, name } = platform.specification
  const { replication } = regions[identity.region] ?? {}
  if (!replication) return undefined
  const limit = Math.max(1, (replication.rpo ?? disasterRecovery.region.rpo).seconds)
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: systemMetadata(context, 'objectives', {
      name: 'recovery-objectives',
      namespace: namespaceName(identity.platform, tierOf('conductor')),
    }),
    spec: {
      groups: [
        {
          name: 'recovery-objectives',
          rules: [
            {
              alert: 'ReplicationBehindObjective',
              expr: `${metricNamed(name, 'replication-lag').record} > ${limit}`,
              for: '1m',
              labels: { severity: 'page', from: replication.from },
              annotations: {
                summary: `${identity.region} is further behind ${replication.from} than its recovery point objective allows`,
              },
            },
          ],
        },
      ],
    },
  }
}
