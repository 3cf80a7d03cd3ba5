import type { Metadata, Selector } from './kubernetes.ts'

/** The pod fields that the plan fills. */
export interface Probe {
  httpGet: { path: string; port: string }
  periodSeconds: number
  timeoutSeconds: number
  failureThreshold: number
  successThreshold: number
}

export interface ContainerResources {
  requests: Record<string, string>
  limits: Record<string, string>
}

export interface ContainerSecurity {
  allowPrivilegeEscalation: false
  capabilities: { drop: ['ALL'] }
  readOnlyRootFilesystem: true
}

export interface Container {
  name: string
  image: string
  args?: string[]
  ports: { name: string; protocol: 'TCP' | 'UDP'; containerPort: number }[]
  env: (
    | { name: string; value: string }
    | { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }
  )[]
  resources: ContainerResources
  startupProbe: Probe
  readinessProbe: Probe
  livenessProbe: Probe
  lifecycle?: { preStop: { sleep: { seconds: number } } }
  securityContext: ContainerSecurity
  volumeMounts: { name: string; mountPath: string; readOnly?: true }[]
}

export type Volume =
  | { name: string; emptyDir: { sizeLimit: string; medium?: 'Memory' } }
  | { name: string; configMap: { name: string } }
  | { name: string; secret: { secretName: string } }

export interface Toleration {
  key: string
  operator: 'Equal' | 'Exists'
  value?: string
  effect: 'NoSchedule'
}

export interface TopologySpread {
  maxSkew: number
  topologyKey: string
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway'
  labelSelector: Selector
  matchLabelKeys: string[]
  nodeAffinityPolicy: 'Honor'
  nodeTaintsPolicy: 'Honor'
}

export interface PodAntiAffinity {
  requiredDuringSchedulingIgnoredDuringExecution: { topologyKey: string; labelSelector: Selector }[]
}

export interface PodSecurity {
  runAsNonRoot: true
  runAsUser: number
  runAsGroup: number
  fsGroup: number
  seccompProfile: { type: 'RuntimeDefault' }
}

export interface PodSpec {
  serviceAccountName: string
  automountServiceAccountToken: false
  enableServiceLinks: false
  priorityClassName: string
  terminationGracePeriodSeconds: number
  hostNetwork?: true
  dnsPolicy?: 'ClusterFirstWithHostNet'
  nodeSelector: Record<string, string>
  tolerations: Toleration[]
  affinity?: { podAntiAffinity: PodAntiAffinity }
  topologySpreadConstraints: TopologySpread[]
  securityContext: PodSecurity
  containers: Container[]
  volumes: Volume[]
}

export interface PodTemplate {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> }
  spec: PodSpec
}

export interface RollingUpdate {
  maxSurge: number | string
  maxUnavailable: number | string
}

export interface DeploymentObject {
  apiVersion: 'apps/v1'
  kind: 'Deployment'
  metadata: Metadata
  spec: {
    revisionHistoryLimit: number
    progressDeadlineSeconds: number
    strategy: { type: 'RollingUpdate'; rollingUpdate: RollingUpdate }
    selector: Selector
    template: PodTemplate
  }
}
