import type { PlatformObject } from '../../kubernetes.ts'

interface Requirement {
  key: string
  operator: 'In'
  values: string[]
}

export interface DisruptionBudget {
  /** A number or a share of the nodes: `0`, `10%`. */
  nodes: string
  reasons?: ('Underutilized' | 'Empty' | 'Drifted')[]
  /** A cron line in UTC, with how long the budget holds from then on. */
  schedule?: string
  duration?: string
}

export interface NodePool extends PlatformObject {
  apiVersion: 'karpenter.sh/v1'
  kind: 'NodePool'
  spec: {
    /** Of pools that both fit, the heavier one is asked first. */
    weight?: number
    limits: Record<string, string>
    disruption: {
      consolidationPolicy: 'WhenEmpty'
      consolidateAfter: string
      budgets: DisruptionBudget[]
    }
    template: {
      metadata: { labels: Record<string, string> }
      spec: {
        expireAfter: string
        terminationGracePeriod: string
        nodeClassRef: { group: string; kind: string; name: string }
        requirements: Requirement[]
        taints: { key: string; value: string; effect: 'NoSchedule' }[]
      }
    }
  }
}

export interface CapacityBuffer extends PlatformObject {
  apiVersion: 'autoscaling.x-k8s.io/v1beta1'
  kind: 'CapacityBuffer'
  spec: {
    scalableRef: { apiGroup: 'apps'; kind: 'Deployment'; name: string }
    replicas: number
    provisioningStrategy: 'buffer.x-k8s.io/active-capacity'
  }
}
