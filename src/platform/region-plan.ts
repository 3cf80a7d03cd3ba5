import type { Finding } from '../failure.ts'
import type { ShapeName } from '../spec/schema/pool.ts'
import type { RegionRole } from '../spec/schema/region.ts'
import type { Duration } from '../units/duration.ts'
import type {
  DisruptionBudgetObject,
  NamespaceObject,
  NetworkPolicyObject,
  PriorityClassObject,
  ServiceAccountObject,
  ServiceObject,
} from './kubernetes.ts'
import type { DeploymentObject } from './pod.ts'
import type { SystemPlan } from './systems/system-plan.ts'
import type { TierName } from './tiers.ts'
import type { WorkName } from './work.ts'

/** One simulated or requested machine. `labels`, `taints` and `capacity` are as Kubernetes writes them. */
export interface NodePlan {
  name: string
  shape: ShapeName
  zone: string
  labels: Readonly<Record<string, string>>
  taints: readonly { key: string; value: string; effect: 'NoSchedule' }[]
  capacity: Readonly<Record<string, string>>
}

/** What `status`, the sandbox and the scale step need of a pool or workload; the stack's plan extends it. */
export interface PoolPlan {
  name: WorkName
  namespace: string
  /** Name of the Deployment; also of its Service, PodDisruptionBudget and ServiceAccount. */
  workload: string
  nodeShape: ShapeName
  minimum: number
  maximum: number
  image: string
  /** The specification's start-up time, before any time scale. */
  startup: Duration
}

export interface RegionIdentity {
  platform: string
  environment: string
  region: string
  role: RegionRole
  /** Pulumi project and stack: `<platform>` and `<environment>.<region>`. */
  project: string
  stack: string
}

/** A pool or workload with the objects that make it run. */
export interface WorkloadPlan extends PoolPlan {
  tier: TierName
  serviceAccount: ServiceAccountObject
  deployment: DeploymentObject
  disruptionBudget: DisruptionBudgetObject
  /** Absent where nothing calls it: it takes its work from a queue. */
  service?: ServiceObject
  /** How long the engine waits for the Deployment, before any time scale. */
  wait: { create: Duration; update: Duration }
}

export interface TierPlan {
  name: TierName
  namespace: NamespaceObject
  networkPolicies: readonly NetworkPolicyObject[]
}

/** Everything that one region needs. */
export interface RegionPlan {
  identity: RegionIdentity
  nodes: readonly NodePlan[]
  /** In the order of the specification; empty for a cold site. */
  pools: readonly WorkloadPlan[]
  /** The parts that no trigger row scales, in the order of the specification; empty where not all pools are. */
  workloads: readonly WorkloadPlan[]
  priorityClasses: readonly PriorityClassObject[]
  tiers: readonly TierPlan[]
  /** What stands around the pods, one part per system of the source document. */
  systems: readonly SystemPlan[]
  /** What this cluster cannot be given exactly as specified. */
  findings: readonly Finding[]
}
