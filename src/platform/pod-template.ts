import { createHash } from 'node:crypto'
import { annotations } from '../names.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { takesWholeNode } from './capacity.ts'
import type { Selector } from './kubernetes.ts'
import type { Container, PodSpec, PodTemplate } from './pod.ts'
import { containerResources } from './rules/container-resources.ts'
import { containerSecurity } from './rules/container-security.ts'
import { healthPath } from './rules/health-path.ts'
import { livenessProbe } from './rules/liveness-probe.ts'
import { mediaMetricsPort, mediaPorts } from './rules/media-ports.ts'
import { onePerNode } from './rules/one-per-node.ts'
import { policyFiles } from './rules/policy-files.ts'
import { podSecurity } from './rules/pod-security.ts'
import { preStop } from './rules/pre-stop.ts'
import { readinessProbe } from './rules/readiness-probe.ts'
import { routerArguments, routerFiles, routerStats } from './rules/router-process.ts'
import { type Scratch, scratchSpace } from './rules/scratch-space.ts'
import { isCalled } from './rules/service.ts'
import { shapePlacement } from './rules/shape-placement.ts'
import { startupProbe } from './rules/startup-probe.ts'
import { terminationGrace } from './rules/termination-grace.ts'
import { zoneSpread } from './rules/zone-spread.ts'
import { routerConfiguration } from './systems/affinity/bootstrap.ts'
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
  return {
    metadata: { labels: request.labels, ...configurationDigest(specification, name, request.region) },
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
      volumes: filesOf(name, work).volumes,
    },
  }
}

function portsOf(name: WorkName, port: number): Container['ports'] {
  const metrics = { name: 'metrics', protocol: 'TCP', containerPort: mediaMetricsPort } as const
  if (name === 'sfu') return [...mediaPorts(port), metrics]
  const http = { name: 'http', protocol: 'TCP', containerPort: port } as const
  const stats = { name: 'stats', protocol: 'TCP', containerPort: routerStats.port } as const
  return name === 'session-router' ? [http, stats] : [http]
}

/** Everything that is mounted: places to write to, and what is read at the start. */
function filesOf(name: WorkName, { resources }: Work): Scratch {
  const parts = [
    scratchSpace(resources.gpus),
    policyFiles(name),
    ...(name === 'session-router' ? [routerFiles] : []),
  ]
  return {
    volumes: parts.flatMap(({ volumes }) => volumes),
    volumeMounts: parts.flatMap(({ volumeMounts }) => volumeMounts),
  }
}

/** Envoy reads its bootstrap once: pods that start from another one are another revision. */
function configurationDigest(specification: Specification, name: WorkName, region: string) {
  if (name !== 'session-router') return {}
  const digest = createHash('sha256').update(routerConfiguration(specification, region)).digest('hex')
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
  /** SIGTERM is the SFU's own drain and waits for nobody; all others that are called let their callers look away first. */
  const drains = isCalled(name) && name !== 'sfu'
  return {
    name,
    image,
    ...(name === 'session-router' ? { args: routerArguments(failover) } : {}),
    ports: portsOf(name, work.port),
    env: [
      { name: isPool(name) ? 'IV_POOL' : 'IV_WORKLOAD', value: name },
      { name: 'IV_REGION', value: region },
    ],
    resources: containerResources(work.resources),
    startupProbe: startupProbe(path, work.startup),
    readinessProbe: readinessProbe(path, failover),
    livenessProbe: livenessProbe(path),
    ...(drains ? { lifecycle: preStop(name, failover, work.terminationGrace) } : {}),
    securityContext: containerSecurity,
    volumeMounts: filesOf(name, work).volumeMounts,
  }
}
