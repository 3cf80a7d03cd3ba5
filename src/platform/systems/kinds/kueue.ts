import type { PlatformObject } from '../../kubernetes.ts'

interface KueueObject extends PlatformObject {
  apiVersion: 'kueue.x-k8s.io/v1beta2'
}

export interface QuotaResource {
  name: string
  nominalQuota: string
  borrowingLimit?: string
  lendingLimit?: string
}

export interface ClusterQueue extends KueueObject {
  kind: 'ClusterQueue'
  spec: {
    cohortName: string
    namespaceSelector: { matchLabels: Record<string, string> }
    queueingStrategy: 'BestEffortFIFO'
    preemption: {
      reclaimWithinCohort: 'Any' | 'Never'
      withinClusterQueue: 'LowerPriority' | 'Never'
    }
    resourceGroups: {
      coveredResources: string[]
      flavors: { name: string; resources: QuotaResource[] }[]
    }[]
  }
}
