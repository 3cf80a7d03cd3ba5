import { labels } from '../../../names.ts'
import { priorityNames } from '../../../spec/schema/gpu.ts'
import type { Specification } from '../../../spec/schema/specification.ts'
import type { PlatformObject } from '../../kubernetes.ts'
import { namespaceName } from '../../names.ts'
import { tierOf } from '../../tiers.ts'
import { configMap } from '../config-map.ts'
import { jsonDocument } from '../json.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'
import { objectiveName, routerPriority } from './priorities.ts'

export const routerName = 'llm-router'
/** Where the gateway asks it which server takes a request. */
export const routerPort = 9002

/** Requests of all classes wait in the router of llm-d and are handed to the model by class. */
export function requestRouter(context: SystemContext): PlatformObject[] {
  const { specification } = context.platform
  const namespace = namespaceName(context.identity.platform, tierOf('llm'))
  const metadata = (name: string) => systemMetadata(context, 'inference', { name, namespace })
  return [
    configMap(
      context,
      { system: 'inference', name: routerName, reader: 'llm' },
      {
        'config.yaml': routerConfig(specification),
      },
    ),
    {
      apiVersion: 'inference.networking.k8s.io/v1',
      kind: 'InferencePool',
      metadata: metadata('llm'),
      spec: {
        selector: { matchLabels: { [labels.name]: 'llm', [labels.partOf]: context.identity.platform } },
        targetPorts: [{ number: specification.pools.llm.port }],
        /** Without its router the pool is still served, by no class: an interview goes on. */
        endpointPickerRef: { name: routerName, port: { number: routerPort }, failureMode: 'FailOpen' },
      },
    },
    ...priorityNames.map((name) => ({
      apiVersion: 'llm-d.ai/v1alpha2',
      kind: 'InferenceObjective',
      metadata: metadata(objectiveName(name)),
      spec: { poolRef: { name: 'llm' }, priority: routerPriority(name) },
    })),
  ]
}

/**
 * The router's configuration (v0.10). It has one time to live for all classes, so that is the longest of them, and
 * within a class the earliest deadline goes first; each caller keeps the deadline of its own class. Requests in flight
 * are counted by the router itself: measurements of the servers would be older than a CRITICAL request may wait.
 */
function routerConfig({ priorities, gpu }: Specification): string {
  const longest = Math.max(...priorityNames.map((name) => priorities[name].maxWait.seconds))
  const canEvict = priorityNames.some((name) => priorities[name].evictable)
  return jsonDocument({
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    featureGates: ['flowControl'],
    plugins: [
      { type: 'queue-scorer' },
      { type: 'kv-cache-utilization-scorer' },
      { type: 'prefix-cache-scorer' },
      { type: 'slo-deadline-ordering-policy' },
      {
        type: 'concurrency-detector',
        // An interview has one answer under way at a time.
        ...(gpu.nodeInterviews === undefined
          ? {}
          : { parameters: { maxConcurrency: Math.ceil(gpu.nodeInterviews) } }),
      },
    ],
    schedulingProfiles: [
      {
        name: 'default',
        plugins: [
          { pluginRef: 'queue-scorer', weight: 2 },
          { pluginRef: 'kv-cache-utilization-scorer', weight: 2 },
          { pluginRef: 'prefix-cache-scorer', weight: 3 },
        ],
      },
    ],
    flowControl: {
      defaultRequestTTL: `${longest}s`,
      noEndpointRequestTTL: `${longest}s`,
      priorityBands: priorityNames.map((name) => ({
        priority: routerPriority(name),
        orderingPolicyRef: 'slo-deadline-ordering-policy',
      })),
      saturationDetector: { pluginRef: 'concurrency-detector' },
      enableEviction: canEvict,
    },
  })
}
