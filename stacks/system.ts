import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi'
import type { PlatformObject } from '../src/platform/kubernetes.ts'
import { resourceName } from '../src/platform/names.ts'
import type { SystemPlan } from '../src/platform/systems/system-plan.ts'
import { isBeforeWorkloads, waveOf } from '../src/platform/waves.ts'
import type { Foundation } from './foundation.ts'
import { createObject } from './kinds.ts'
import { child } from './options.ts'

/**
 * One system of the source document. Made in two steps, because pods stand between them: what they read when they
 * start and the machines they run on come first, what scales and watches them last.
 */
export class System extends ComponentResource {
  readonly #plan: SystemPlan
  readonly #namespaces: Map<string, Resource>
  readonly #made: { object: PlatformObject; resource: Resource }[] = []

  constructor(plan: SystemPlan, foundation: Foundation, options: ComponentResourceOptions) {
    super(plan.component, plan.name, {}, options)
    this.#plan = plan
    this.#namespaces = new Map(foundation.namespaces)
    this.#make(({ kind }) => isBeforeWorkloads(kind), new Map())
  }

  /** What pods of a namespace wait for. */
  groundOf(namespace: string): Resource[] {
    return this.#made.flatMap(({ object, resource }) =>
      (object.metadata.namespace ?? namespace) === namespace ? [resource] : [],
    )
  }

  /** Makes the rest. `workloads` are the Deployments of the region, by `namespace/name`. */
  complete(workloads: ReadonlyMap<string, Resource>): void {
    this.#make(({ kind }) => !isBeforeWorkloads(kind), workloads)
    this.registerOutputs()
  }

  #make(isMeant: (object: PlatformObject) => boolean, workloads: ReadonlyMap<string, Resource>): void {
    const meant = this.#plan.objects
      .filter(isMeant)
      .toSorted((left, right) => waveOf(left.kind).order - waveOf(right.kind).order)
    for (const object of meant) {
      const resource = createObject(object, child(this, this.#before(object, workloads)))
      this.#made.push({ object, resource })
      if (object.kind === 'Namespace') this.#namespaces.set(object.metadata.name, resource)
    }
  }

  /** Its namespace, what this system made for pods to stand on, and the workload that it scales. */
  #before(object: PlatformObject, workloads: ReadonlyMap<string, Resource>): Resource[] {
    const { namespace } = object.metadata
    const { order } = waveOf(object.kind)
    const home = namespace === undefined ? undefined : this.#namespaces.get(namespace)
    const { scaleTargetRef: target } = (object['spec'] ?? {}) as { scaleTargetRef?: { name: string } }
    const scaled = target && workloads.get(resourceName({ ...object.metadata, name: target.name }))
    const ground = this.#made.filter(
      ({ object: made }) => isBeforeWorkloads(made.kind) && waveOf(made.kind).order < order,
    )
    return [home, scaled, ...ground.map(({ resource }) => resource)].filter((each) => each !== undefined)
  }
}
