import { hasTolerance } from '../kubernetes-version.ts'
import { type PoolName, poolNames, type Trigger } from '../schema/pool.ts'
import type { Specification } from '../schema/specification.ts'
import type { Conflict, Rule } from './rule.ts'

const bounds: Rule = (specification) =>
  scaled(specification).flatMap(([path, { instances }]) =>
    instances.minimum <= instances.maximum
      ? []
      : conflict('IV-POOL-001', `${path}.instances.minimum`, {
          message: `minimum ${instances.minimum} is above maximum ${instances.maximum}`,
          actual: String(instances.minimum),
          limit: `at most ${instances.maximum} (${path}.instances.maximum)`,
        }),
  )

const thresholds: Rule = ({ pools }) =>
  Object.entries(pools).flatMap(([name, { trigger }]) =>
    trigger.scaleIn < trigger.scaleOut
      ? []
      : conflict('IV-POOL-002', `pools.${name}.trigger.scaleIn`, {
          message: `scale-in at ${trigger.scaleIn} is not below scale-out at ${trigger.scaleOut}`,
          actual: String(trigger.scaleIn),
          limit: `below ${trigger.scaleOut} (pools.${name}.trigger.scaleOut)`,
          hint: 'the pool would grow and shrink in turn',
        }),
  )

/** One instance must fit on one machine of its shape. */
const fits: Rule = (specification) =>
  scaled(specification).flatMap(([path, { resources, nodeShape }]) => {
    const shape = specification.nodeShapes[nodeShape]
    const tooLarge = (
      [
        ['cpu', resources.cpu.amount, shape.cpu.amount],
        ['memory', resources.memory.amount, shape.memory.amount],
        ['gpus', resources.gpus, shape.gpus],
      ] as const
    ).filter(([, wanted, there]) => wanted > there)
    return tooLarge.flatMap(([what]) =>
      conflict('IV-POOL-003', `${path}.resources.${what}`, {
        message: `${what} ${String(resources[what])} does not fit on a ${nodeShape} node`,
        actual: String(resources[what]),
        limit: `at most ${String(shape[what])} (nodeShapes.${nodeShape}.${what})`,
      }),
    )
  })

const disruption: Rule = ({ pools }) =>
  Object.entries(pools).flatMap(([name, { instances, maxUnavailable }]) =>
    maxUnavailable < instances.minimum || instances.minimum === 1
      ? []
      : conflict('IV-POOL-004', `pools.${name}.maxUnavailable`, {
          message: `${maxUnavailable} unavailable at once would empty a pool of ${instances.minimum}`,
          actual: String(maxUnavailable),
          limit: `below ${instances.minimum} (pools.${name}.instances.minimum)`,
        }),
  )

/** By pool; the second signal must be among them as well. */
const measurable: Readonly<Record<PoolName, readonly Trigger['metric'][]>> = {
  sfu: ['sessions'],
  asr: ['queueDepth'],
  tts: ['queueDepth'],
  llm: ['gpuUtilization', 'queueDepth'],
  evaluation: ['queueDepth'],
  api: ['cpuUtilization'],
}

const measured: Rule = ({ pools }) =>
  poolNames.flatMap((name) => {
    const { trigger } = pools[name]
    return [
      [`pools.${name}.trigger.metric`, trigger.metric] as const,
      ...(trigger.besides ? [[`pools.${name}.trigger.besides.metric`, trigger.besides.metric] as const] : []),
    ].flatMap(([path, metric]) =>
      measurable[name].includes(metric)
        ? []
        : conflict('IV-POOL-005', path, {
            message: `nothing measures ${metric} of ${name}`,
            actual: metric,
            limit: measurable[name].join(' or '),
          }),
    )
  })

/** Below Kubernetes 1.35 a formula makes the band, and it knows the servers of the SFU pool alone. */
const perReplica: Rule = ({ pools, regions }) => {
  const old = Object.entries(regions).find(([, { kubernetesVersion }]) => !hasTolerance(kubernetesVersion))
  if (!old) return []
  return poolNames.flatMap((name) =>
    pools[name].trigger.scope === 'pool' || name === 'sfu'
      ? []
      : conflict('IV-POOL-006', `pools.${name}.trigger.scope`, {
          message: `a value per instance needs Kubernetes 1.35, and region ${old[0]} has ${old[1].kubernetesVersion}`,
          actual: 'perReplica',
          limit: 'pool',
        }),
  )
}

export const poolRules: readonly Rule[] = [bounds, thresholds, fits, disruption, measured, perReplica]

function scaled({ pools, workloads }: Specification) {
  return [
    ...Object.entries(pools).map(([name, pool]) => [`pools.${name}`, pool] as const),
    ...Object.entries(workloads).map(([name, workload]) => [`workloads.${name}`, workload] as const),
  ]
}

function conflict(id: string, path: string, rest: Omit<Conflict, 'id' | 'path'>): Conflict[] {
  return [{ id, path, ...rest }]
}
