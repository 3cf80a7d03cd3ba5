import type { PoolName } from '../../spec/schema/pool.ts'
import { namespaceName } from '../names.ts'
import { tierOf } from '../tiers.ts'
import type { Metric } from './metric.ts'

const uses = ['scaling', 'dashboard', 'status'] as const

/** What the trigger table measures, and the second signal of the GPU pool. */
export function scalingMetrics(platform: string): Metric[] {
  return [
    sessions(namespaceName(platform, tierOf('sfu'))),
    sessionsPerServer(namespaceName(platform, tierOf('sfu'))),
    pending(platform, 'asr', 'sessions that wait for a recogniser'),
    pending(platform, 'tts', 'sentences that wait for a voice'),
    gpuUtilization(namespaceName(platform, tierOf('llm'))),
    waitingRequests(namespaceName(platform, tierOf('llm'))),
    pending(platform, 'evaluation', 'interviews that wait to be scored'),
    cpuUtilization(namespaceName(platform, tierOf('api'))),
  ]
}

/**
 * Rooms of all servers that take new ones. A server that drains still holds sessions, and counting them would keep the
 * autoscaler from taking the next one, or make it add servers for sessions that nobody will join again.
 */
function sessions(namespace: string): Metric {
  return {
    name: 'sfu-sessions',
    record: 'pool:sfu_sessions:sum',
    query: `sum(${roomsOfStaying(namespace)})`,
    unit: 'sessions',
    meaning: 'sessions on SFU servers that are not leaving',
    reads: roomSeries,
    uses,
  }
}

/** The same per server, as the trigger table says it. */
function sessionsPerServer(namespace: string): Metric {
  return {
    name: 'sfu-sessions-per-server',
    record: 'pool:sfu_sessions_per_server:avg',
    query: `avg(sum by (pod) (${roomsOfStaying(namespace)}))`,
    unit: 'sessions',
    meaning: 'sessions per SFU server that is not leaving',
    reads: roomSeries,
    uses: [...uses, 'alert'],
  }
}

function roomsOfStaying(namespace: string): string {
  const selector = `{namespace="${namespace}"}`
  return `livekit_room_total${selector} unless on (namespace, pod) kube_pod_deletion_timestamp${selector}`
}

const roomSeries: Metric['reads'] = [
  { series: 'livekit_room_total', labels: ['namespace', 'pod'], exporter: 'LiveKit server' },
  { series: 'kube_pod_deletion_timestamp', labels: ['namespace', 'pod'], exporter: 'kube-state-metrics' },
]

/**
 * The contract with whatever works on the queue: it shows what waits, and not what is worked on, as
 * `iv_pool_pending`. A backend with a name of its own for that is recorded under this one.
 */
function pending(platform: string, pool: PoolName, meaning: string): Metric {
  const namespace = namespaceName(platform, tierOf(pool))
  return {
    name: `${pool}-pending`,
    record: `pool:${pool}_pending:sum`,
    query: `sum(iv_pool_pending{namespace="${namespace}",pool="${pool}"})`,
    unit: 'requests',
    meaning,
    reads: [
      { series: 'iv_pool_pending', labels: ['namespace', 'pool'], exporter: `workers of the pool ${pool}` },
    ],
    uses,
  }
}

/** Over whole GPUs: with MIG the device metric is absent, and a share of the engine's time takes its place. */
function gpuUtilization(namespace: string): Metric {
  return {
    name: 'llm-gpu-utilization',
    record: 'pool:llm_gpu_utilization:avg',
    query: `avg(DCGM_FI_DEV_GPU_UTIL{exported_namespace="${namespace}",exported_container="llm"})`,
    unit: 'percent',
    meaning: 'how busy the GPUs of the model are',
    reads: [
      {
        series: 'DCGM_FI_DEV_GPU_UTIL',
        labels: ['exported_namespace', 'exported_container'],
        exporter: 'DCGM exporter',
      },
    ],
    uses,
  }
}

function waitingRequests(namespace: string): Metric {
  return {
    name: 'llm-pending',
    record: 'pool:llm_pending:sum',
    query: `sum(vllm:num_requests_waiting{namespace="${namespace}"})`,
    unit: 'requests',
    meaning: 'requests that wait inside the model servers',
    reads: [{ series: 'vllm:num_requests_waiting', labels: ['namespace'], exporter: 'vLLM' }],
    uses,
  }
}

/** For people: the autoscaler reads the same share from the resource metrics of Kubernetes itself. */
function cpuUtilization(namespace: string): Metric {
  const used = `sum(rate(container_cpu_usage_seconds_total{namespace="${namespace}",container="api"}[2m]))`
  const requested = `sum(kube_pod_container_resource_requests{namespace="${namespace}",container="api",resource="cpu"})`
  return {
    name: 'api-cpu',
    record: 'pool:api_cpu_utilization:ratio100',
    query: `100 * ${used} / ${requested}`,
    unit: 'percent',
    meaning: 'CPU that the API servers use, of what they request',
    reads: [
      {
        series: 'container_cpu_usage_seconds_total',
        labels: ['namespace', 'container'],
        exporter: 'cAdvisor',
      },
      {
        series: 'kube_pod_container_resource_requests',
        labels: ['namespace', 'container', 'resource'],
        exporter: 'kube-state-metrics',
      },
    ],
    uses: ['dashboard', 'status'],
  }
}
