/**
 * The Kubernetes fields that the plan fills, spelled as the API has them. Hand-written and narrow on purpose: what
 * is not here is not applied, and above all a Deployment has no `replicas`.
 */
export interface Metadata {
  name: string
  namespace?: string
  labels: Record<string, string>
  annotations: Record<string, string>
}

/** Any object, custom kinds included: what the systems are made of. */
export interface PlatformObject {
  apiVersion: string
  kind: string
  metadata: Metadata
  [field: string]: unknown
}

export interface Selector {
  matchLabels: Record<string, string>
}

export interface NamespaceObject {
  apiVersion: 'v1'
  kind: 'Namespace'
  metadata: Metadata
}

export interface PriorityClassObject {
  apiVersion: 'scheduling.k8s.io/v1'
  kind: 'PriorityClass'
  metadata: Metadata
  value: number
  preemptionPolicy: 'PreemptLowerPriority' | 'Never'
  description: string
}

export interface ServiceAccountObject {
  apiVersion: 'v1'
  kind: 'ServiceAccount'
  metadata: Metadata
  automountServiceAccountToken: false
}

interface NetworkPort {
  protocol: 'TCP' | 'UDP'
  port: number
  /** The last port of a range that begins at `port`. */
  endPort?: number
}

export interface NetworkPeer {
  namespaceSelector?: Selector
  podSelector?: Selector
  ipBlock?: { cidr: string }
}

export interface NetworkPolicyObject {
  apiVersion: 'networking.k8s.io/v1'
  kind: 'NetworkPolicy'
  metadata: Metadata
  spec: {
    podSelector: Partial<Selector>
    policyTypes: ('Ingress' | 'Egress')[]
    ingress?: { from: NetworkPeer[]; ports: NetworkPort[] }[]
    egress?: { to: NetworkPeer[]; ports: NetworkPort[] }[]
  }
}

export interface ServiceObject {
  apiVersion: 'v1'
  kind: 'Service'
  metadata: Metadata
  spec: {
    type: 'ClusterIP'
    /** `None` where the caller picks the instance itself. */
    clusterIP?: 'None'
    selector: Record<string, string>
    ports: { name: string; protocol: 'TCP'; port: number; targetPort: string }[]
  }
}

export interface DisruptionBudgetObject {
  apiVersion: 'policy/v1'
  kind: 'PodDisruptionBudget'
  metadata: Metadata
  spec: { maxUnavailable: number; selector: Selector; unhealthyPodEvictionPolicy: 'AlwaysAllow' }
}

export interface ScalingRules {
  stabilizationWindowSeconds: number
  selectPolicy: 'Max'
  policies: { type: 'Percent' | 'Pods'; value: number; periodSeconds: number }[]
  /** Absent below Kubernetes 1.35. */
  tolerance?: string
}

export interface AutoscalerObject extends PlatformObject {
  apiVersion: 'autoscaling/v2'
  kind: 'HorizontalPodAutoscaler'
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1'; kind: 'Deployment'; name: string }
    minReplicas: number
    maxReplicas: number
    metrics: {
      type: 'Resource'
      resource: { name: 'cpu'; target: { type: 'Utilization'; averageUtilization: number } }
    }[]
    behavior: { scaleUp: ScalingRules; scaleDown: ScalingRules }
  }
}
