import type { Finding } from '../failure.ts'
import type { Metadata, PlatformObject } from '../platform/kubernetes.ts'
import type { ResilienceDocument } from '../resilience/document.ts'

/** Any object, of Kubernetes itself or custom. */
export type AnyObject = Pick<PlatformObject, 'apiVersion' | 'kind'> & { metadata: Metadata }

type Check = (object: PlatformObject) => string[]

/** By kind; what is not here is judged by the API server alone. */
const checks: Readonly<Record<string, Check>> = {
  'gateway.envoyproxy.io/v1alpha1 BackendTrafficPolicy': hashTable,
  'keda.sh/v1alpha1 ScaledObject': triggers,
  'v1 ConfigMap': breakers,
}

/**
 * What an API server takes although nobody can work with it: the schema does not say it, and the operator or the
 * program that reads it would refuse it later, or go on with something else.
 */
export function faultsOf(objects: readonly AnyObject[]): Finding[] {
  return objects.flatMap((object) =>
    (checks[`${object.apiVersion} ${object.kind}`]?.(object as PlatformObject) ?? []).map(
      (message): Finding => ({
        id: 'object-fault',
        severity: 'error',
        path: `${object.kind} ${[object.metadata.namespace, object.metadata.name].filter(Boolean).join('/')}`,
        message,
      }),
    ),
  )
}

/** Envoy's Maglev tables have a prime number of slots; another number keeps the proxy from its configuration. */
function hashTable({ spec }: PlatformObject): string[] {
  const { loadBalancer } = (spec ?? {}) as { loadBalancer?: { consistentHash?: { tableSize?: number } } }
  const size = loadBalancer?.consistentHash?.tableSize
  if (size === undefined || isPrime(size)) return []
  return [`loadBalancer.consistentHash.tableSize is ${size}, which is not prime`]
}

function isPrime(number: number): boolean {
  if (!Number.isInteger(number) || number < 2) return false
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false
  return true
}

/**
 * Settings of a trigger by its type, as the scalers of KEDA 2.21 read them (`pkg/scalers/prometheus_scaler.go`,
 * `cpu_memory_scaler.go`). An unknown one is passed over in silence there: a misspelt threshold is none.
 */
const triggerSettings: Readonly<Record<string, readonly string[]>> = {
  prometheus: [
    'activationThreshold',
    'authModes',
    'awsRegion',
    'customHeaders',
    'identityOwner',
    'ignoreNullValues',
    'namespace',
    'query',
    'queryParameters',
    'serverAddress',
    'threshold',
    'timeout',
    'unsafeSsl',
  ],
  cpu: ['containerName', 'value'],
  memory: ['containerName', 'value'],
}

interface Trigger {
  type: string
  metadata?: Record<string, unknown>
}

function triggers({ spec }: PlatformObject): string[] {
  const { triggers: all = [] } = (spec ?? {}) as { triggers?: readonly Trigger[] }
  return all.flatMap(({ type, metadata = {} }, index) => {
    const known = triggerSettings[type]
    if (!known) return [`triggers[${index}].type is ${type}, whose settings iv does not know`]
    return Object.entries(metadata).flatMap(([name, value]) => [
      ...(known.includes(name) ? [] : [`triggers[${index}].metadata.${name} is no setting of ${type}`]),
      ...(typeof value === 'string'
        ? []
        : [`triggers[${index}].metadata.${name} is no text: ${JSON.stringify(value)}`]),
    ])
  })
}

/** A half-open breaker that lets fewer through than it has to see succeed never closes; one that lets more through
 * closes while some are still out. */
function breakers(object: PlatformObject): string[] {
  const { 'resilience.json': text } = (object['data'] ?? {}) as Record<string, string | undefined>
  if (text === undefined) return []
  const { calls } = JSON.parse(text) as ResilienceDocument
  return Object.entries(calls).flatMap(([called, { breaker }]) => {
    if (!breaker || breaker.successThreshold === breaker.halfOpenRequests) return []
    const { successThreshold, halfOpenRequests } = breaker
    return [
      `calls.${called}.breaker closes after ${successThreshold} successes of ${halfOpenRequests} requests`,
    ]
  })
}
