import { listObjects } from '../cluster/list.ts'
import { annotations, labels, managedBy } from '../names.ts'
import { workloadsOf } from '../platform/objects.ts'
import type { DriftItem } from '../report/drift.ts'
import type { Site } from './site.ts'

interface Deployment {
  metadata: {
    name: string
    namespace: string
    annotations?: Record<string, string>
    managedFields?: readonly { manager?: string; fieldsV1?: { 'f:spec'?: Record<string, unknown> } }[]
  }
  spec?: { replicas?: number }
}

/**
 * Counts that are not the minimum. After the minimum was set they belong to the autoscaler, or to whoever scaled by
 * hand, so that a difference is what was wanted.
 */
export async function countDrift({ cluster, plan }: Site): Promise<DriftItem[]> {
  const selector = encodeURIComponent(`${labels.managedBy}=${managedBy}`)
  const path = `/apis/apps/v1/deployments?labelSelector=${selector}`
  const live = await listObjects<Deployment>(cluster, path, { what: 'Deployments' })
  return workloadsOf(plan).flatMap((work): DriftItem[] => {
    const found = live.find(
      ({ metadata }) => metadata.name === work.workload && metadata.namespace === work.namespace,
    )
    const have = found?.spec?.replicas
    if (!found || have === undefined || have === work.minimum) return []
    const isNoted = found.metadata.annotations?.[annotations.minimumSet] !== undefined
    return [
      {
        kind: 'apps/v1:Deployment',
        name: `${work.namespace}/${work.workload}`,
        path: 'spec.replicas',
        want: work.minimum,
        have,
        class: isNoted ? 'expected' : 'unexplained',
        owner: ownerOfCount(found),
        changedAt: null,
      },
    ]
  })
}

function ownerOfCount({ metadata }: Deployment): string | null {
  const owners = (metadata.managedFields ?? []).filter(
    (entry) => entry.fieldsV1?.['f:spec']?.['f:replicas'] !== undefined,
  )
  return owners.map(({ manager }) => manager ?? 'unknown').join(', ') || null
}
