import { namespaceName } from '../../names.ts'
import { tierOf, workloadsOfRole } from '../../tiers.ts'
import { jsonDocument } from '../json.ts'
import { type SystemContext, systemMetadata, type SystemPlan } from '../system-plan.ts'
import { dashboards } from './dashboards.ts'
import { observabilityFidelity } from './fidelity.ts'
import { monitoringPolicies, podMonitors } from './monitors.ts'
import { ruleGroups } from './rules.ts'

/** What Grafana's sidecar looks for on ConfigMaps. */
const dashboardLabel = { grafana_dashboard: '1' }

/** What a region measures of itself, keeps, shows, and wakes somebody for. */
export function planObservability(context: SystemContext): SystemPlan | undefined {
  const { identity } = context
  if (identity.role === 'dr') return undefined
  const leads = workloadsOfRole(identity.role).includes('conductor')
  return {
    name: 'observability',
    component: 'iv:system:Observability',
    objects: [
      ...monitoringPolicies(context),
      ...podMonitors(context),
      ...(leads ? [rules(context), ...dashboardMaps(context)] : []),
    ],
    fidelity: leads ? observabilityFidelity() : [],
    findings: [],
  }
}

function rules(context: SystemContext) {
  const { platform, identity } = context
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: systemMetadata(context, 'observability', {
      name: 'metrics-and-objectives',
      namespace: namespaceName(identity.platform, tierOf('api')),
    }),
    spec: { groups: ruleGroups(platform.specification) },
  }
}

function dashboardMaps(context: SystemContext) {
  const { platform, identity } = context
  return Object.entries(dashboards(platform.specification, identity.region)).map(([name, document]) => {
    const metadata = systemMetadata(context, 'observability', {
      name: `dashboard-${name}`,
      namespace: namespaceName(identity.platform, tierOf('api')),
    })
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, labels: { ...metadata.labels, ...dashboardLabel } },
      data: { [`${name}.json`]: jsonDocument(document) },
    }
  })
}
