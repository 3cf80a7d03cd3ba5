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

export const poolRules: readonly Rule[] = [bounds, thresholds, fits, disruption]

function scaled({ pools, workloads }: Specification) {
  return [
    ...Object.entries(pools).map(([name, pool]) => [`pools.${name}`, pool] as const),
    ...Object.entries(workloads).map(([name, workload]) => [`workloads.${name}`, workload] as const),
  ]
}

function conflict(id: string, path: string, rest: Omit<Conflict, 'id' | 'path'>): Conflict[] {
  return [{ id, path, ...rest }]
}
