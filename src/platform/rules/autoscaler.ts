import { hasTolerance } from '../../spec/kubernetes-version.ts'
import type { Pool } from '../../spec/schema/pool.ts'
import type { AutoscalerObject, Metadata } from '../kubernetes.ts'
import { bandTolerance } from './band-tolerance.ts'
import { paceInOf, paceOut } from './scaling-pace.ts'

/**
 * Two thresholds as one target: out above it at once, in only below the band. Older clusters know one tolerance for
 * everything (a tenth), so the band is lost there and only the slow way in keeps it from swinging.
 */
export function cpuAutoscaler(metadata: Metadata, pool: Pool, kubernetesVersion: string): AutoscalerObject {
  const exact = hasTolerance(kubernetesVersion)
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name },
      minReplicas: pool.instances.minimum,
      maxReplicas: pool.instances.maximum,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: pool.trigger.scaleOut },
          },
        },
      ],
      behavior: {
        scaleUp: { ...paceOut, ...(exact ? { tolerance: '0' } : {}) },
        scaleDown: { ...paceInOf('api'), ...(exact ? { tolerance: bandTolerance(pool.trigger) } : {}) },
      },
    },
  }
}
