import { createHash } from 'node:crypto'
import type { Specification } from '../spec/schema/specification.ts'
import { annotations } from '../names.ts'
import { takesWholeNode } from './capacity.ts'
import type { Selector } from './kubernetes.ts'
import type { Container, PodSpec, PodTemplate } from './pod.ts'
import { processOf } from './process.ts'
import { containerResources } from './rules/container-resources.ts'
import { containerSecurity } from './rules/container-security.ts'
import { healthPath } from './rules/health-path.ts'
import { livenessProbe } from './rules/liveness-probe.ts'
import { mediaPorts } from './rules/media-ports.ts'
import { onePerNode } from './rules/one-per-node.ts'
import { podSecurity } from './rules/pod-security.ts'
import { preStop } from './rules/pre-stop.ts'
import { readinessProbe } from './rules/readiness-probe.ts'
import { routerStats } from './rules/router-process.ts'
import { scratchSpace } from './rules/scratch-space.ts'
import { isCalled } from './rules/service.ts'
import { shapePlacement } from './rules/shape-placement.ts'
import { startupProbe } from './rules/startup-probe.ts'
import { terminationGrace } from './rules/termination-grace.ts'
import { zoneSpread } from './rules/zone-spread.ts'
import { isPool, type Work, type WorkName, workOf } from './work.ts'

export interface PodRequest {
  specification: Specification
  name: WorkName
  region: string
  image: string
  labels: Record<string, string>
  selector: Selector
  priorityClassName: string
}

/** One instance of a pool or workload. */
export function podTemplate(request: PodRequest): PodTemplate {
  const { specification, name, selector } = request
  const work = workOf(specification, name)
  const { files, configuration } = processOf(specification, name, request.region)
  return {
    metadata: { labels: request.labels, ...configurationDigest(configuration) },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: request.priorityClassName,
      terminationGracePeriodSeconds: terminationGrace(specification, name).secondsCeil,
      ...hostNetwork(name, selector),
      ...shapePlacement(work.nodeShape, work.resources.gpus),
      topologySpreadConstraints: [zoneSpread(selector, takesWholeNode(name, work))],
      securityContext: podSecurity,
      containers: [container(request, work)],
      volumes: [...scratchSpace(work.resources.gpus).volumes, ...files.volumes],
    },
  }
}

function portsOf(name: WorkName, port: number): Container['ports'] {
  if (name === 'sfu') return mediaPorts(port)
  const http = { name: 'http', protocol: 'TCP', containerPort: port } as const
  const stats = { name: 'stats', protocol: 'TCP', containerPort: routerStats.port } as const
  return name === 'session-router' ? [http, stats] : [http]
}

/** Pods that start from another configuration are another revision. */
function configurationDigest(configuration: string): Pick<PodTemplate['metadata'], 'annotations'> {
  if (configuration === '') return {}
  const digest = createHash('sha256').update(configuration).digest('hex')
  return { annotations: { [annotations.configuration]: digest } }
}

/** Media goes straight to the node's address: a proxy in between would cost milliseconds of every packet. */
function hostNetwork(name: WorkName, selector: Selector): Partial<PodSpec> {
  if (name !== 'sfu') return {}
  const affinity = { podAntiAffinity: onePerNode(selector) }
  return { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet', affinity }
}

function container({ specification, name, region, image }: PodRequest, work: Work): Container {
  const { failover } = specification.affinity
  const path = healthPath(name)
  const { args, env, files } = processOf(specification, name, region)
  /** SIGTERM is the SFU's own drain and waits for nobody; all others that are called let their callers look away first. */
  const drains = isCalled(name) && name !== 'sfu'
  return {
    name,
    image,
    ...(args.length === 0 ? {} : { args }),
    ports: portsOf(name, work.port),
    env: [
      { name: isPool(name) ? 'IV_POOL' : 'IV_WORKLOAD', value: name },
      { name: 'IV_REGION', value: region },
      ...env,
    ],
    resources: containerResources(work.resources),
    startupProbe: startupProbe(path, work.startup),
    readinessProbe: readinessProbe(path, failover),
    livenessProbe: livenessProbe(path),
    ...(drains ? { lifecycle: preStop(name, failover, work.terminationGrace) } : {}),
    securityContext: containerSecurity,
    volumeMounts: [...scratchSpace(work.resources.gpus).volumeMounts, ...files.volumeMounts],
  }
}
