import type { Pool } from '../../spec/schema/pool.ts'
import type { AutoscalerObject, Metadata } from '../kubernetes.ts'
import { bandTolerance } from './band-tolerance.ts'

/** From this minor version of Kubernetes on a tolerance per direction needs no feature gate. */
const firstMinorWithTolerance = 35

export function hasTolerance(kubernetesVersion: string): boolean {
  return Number(kubernetesVersion.split('.')[1]) >= firstMinorWithTolerance
}

/**
 * Two thresholds as one target: out above it at once, in only below the band. Out may double every 15 s; in waits five
 * minutes for the load to come back and then takes a tenth a minute. Older clusters know one tolerance for
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
        scaleUp: {
          stabilizationWindowSeconds: 0,
          selectPolicy: 'Max',
          policies: [
            { type: 'Percent', value: 100, periodSeconds: 15 },
            { type: 'Pods', value: 4, periodSeconds: 15 },
          ],
          ...(exact ? { tolerance: '0' } : {}),
        },
        scaleDown: {
          stabilizationWindowSeconds: 300,
          selectPolicy: 'Max',
          policies: [
            { type: 'Percent', value: 10, periodSeconds: 60 },
            { type: 'Pods', value: 1, periodSeconds: 60 },
          ],
          ...(exact ? { tolerance: bandTolerance(pool.trigger) } : {}),
        },
      },
    },
  }
}
