import { annotations } from '../../src/names.ts'
import type { PodSpec } from '../../src/platform/pod.ts'
import type { NodePlan, RegionPlan, WorkloadPlan } from '../../src/platform/region-plan.ts'
import { Quantity } from '../../src/units/quantity.ts'

interface Pod {
  pool: string
  revision: number
  spec: PodSpec
}

interface Machine {
  node: NodePlan
  pods: Pod[]
}

/**
 * A scheduler with the rules that the plan relies on (shape, taints, capacity, spread, one per node) and no wisdom:
 * `choose` picks any of the nodes that are allowed. Returns the pods for which there was none.
 */
export class Scheduler {
  readonly machines: Machine[]
  readonly #choose: (count: number) => number

  constructor(plan: RegionPlan, choose: (count: number) => number) {
    this.machines = plan.nodes.map((node) => ({ node, pods: [] }))
    this.#choose = choose
  }

  place(workload: WorkloadPlan, revision: number, instances: number): number {
    const spec = workload.deployment.spec.template.spec
    let unplaced = 0
    for (let index = 0; index < instances; index += 1) {
      const pod = { pool: workload.name, revision, spec }
      const allowed = this.machines.filter((machine) => this.#allows(machine, pod))
      const chosen = allowed[this.#choose(allowed.length)]
      if (chosen) chosen.pods.push(pod)
      else unplaced += 1
    }
    return unplaced
  }

  #allows(machine: Machine, pod: Pod): boolean {
    const { node, pods } = machine
    if (!isEligible(node, pod)) return false
    if (pod.spec.affinity && pods.some(({ pool }) => pool === pod.pool)) return false
    return hasRoom(machine, pod) && this.#isSpread(node, pod)
  }

  #isSpread(node: NodePlan, pod: Pod): boolean {
    return pod.spec.topologySpreadConstraints.every(({ maxSkew, whenUnsatisfiable }) => {
      if (whenUnsatisfiable === 'ScheduleAnyway') return true
      const eligible = this.machines.filter((machine) => isEligible(machine.node, pod))
      const inZone = (zone: string) =>
        eligible
          .filter((machine) => machine.node.zone === zone)
          .flatMap(({ pods }) => pods)
          .filter(({ pool, revision }) => pool === pod.pool && revision === pod.revision).length
      const least = Math.min(...eligible.map((machine) => inZone(machine.node.zone)))
      return inZone(node.zone) + 1 - least <= maxSkew
    })
  }
}

function isEligible(node: NodePlan, { spec }: Pod): boolean {
  const selected = Object.entries(spec.nodeSelector).every(([key, value]) => node.labels[key] === value)
  const tolerated = node.taints.every(({ key, value }) =>
    spec.tolerations.some((toleration) => toleration.key === key && toleration.value === value),
  )
  return selected && tolerated
}

function hasRoom({ node, pods }: Machine, pod: Pod): boolean {
  if (pods.length + 1 > Number(node.capacity['pods'])) return false
  return ['cpu', 'memory', 'nvidia.com/gpu'].every((resource) => {
    const used = [...pods, pod].reduce((sum, { spec }) => sum + requested(spec, resource), 0)
    return used <= amount(node.capacity[resource]) + 1e-9
  })
}

function requested(spec: PodSpec, resource: string): number {
  return spec.containers.reduce((sum, { resources }) => sum + amount(resources.requests[resource]), 0)
}

function amount(text: string | undefined): number {
  return text === undefined ? 0 : (Quantity.parse(text)?.amount ?? Number.NaN)
}

/** Extra pods of a rolling update, as the Deployment controller rounds them. */
export function surgeOf({ deployment, minimum }: WorkloadPlan, instances = minimum): number {
  const { maxSurge } = deployment.spec.strategy.rollingUpdate
  return typeof maxSurge === 'number'
    ? maxSurge
    : Math.ceil((instances * Number.parseInt(maxSurge, 10)) / 100)
}

export function minimumOf({ deployment }: WorkloadPlan): number {
  return Number(deployment.metadata.annotations[annotations.minimum])
}
