import type { PlatformObject, ScalingRules } from '../../kubernetes.ts'

/** The triggers' own settings are text throughout, numbers and truth values too: KEDA refuses anything else. */
export interface PrometheusTrigger {
  type: 'prometheus'
  name: string
  metricType: 'Value' | 'AverageValue'
  metadata: { serverAddress: string; query: string; threshold: string; ignoreNullValues: 'false' }
}

/** Several triggers, or a band that the autoscaler of the cluster cannot hold, as one number. */
export interface ScalingModifiers {
  formula: string
  target: string
  metricType: 'Value'
}

export interface ScaledObject extends PlatformObject {
  apiVersion: 'keda.sh/v1alpha1'
  kind: 'ScaledObject'
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1'; kind: 'Deployment'; name: string }
    minReplicaCount: number
    maxReplicaCount: number
    fallback: { failureThreshold: number; replicas: number; behavior: 'currentReplicasIfHigher' }
    advanced: {
      restoreToOriginalReplicaCount: false
      horizontalPodAutoscalerConfig: { behavior: { scaleUp: ScalingRules; scaleDown: ScalingRules } }
      scalingModifiers?: ScalingModifiers
    }
    triggers: PrometheusTrigger[]
  }
}
