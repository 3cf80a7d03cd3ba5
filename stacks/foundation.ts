import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js'
import { PriorityClass } from '@pulumi/kubernetes/scheduling/v1/priorityClass.js'
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi'
import { resourceName } from '../src/platform/names.ts'
import type { RegionPlan } from '../src/platform/region-plan.ts'
import { child } from './options.ts'

/** What everything else stands on: the namespaces of all tiers and the priorities of their pods. */
export class Foundation extends ComponentResource {
  readonly namespaces: ReadonlyMap<string, Namespace>
  readonly priorityClasses: readonly PriorityClass[]

  constructor(plan: RegionPlan, options: ComponentResourceOptions) {
    super('iv:region:Foundation', 'foundation', {}, options)
    this.namespaces = new Map(
      plan.tiers.map(({ namespace }) => [
        namespace.metadata.name,
        new Namespace(resourceName(namespace.metadata), namespace, child(this)),
      ]),
    )
    this.priorityClasses = plan.priorityClasses.map(
      (priority) => new PriorityClass(resourceName(priority.metadata), priority, child(this)),
    )
    this.registerOutputs()
  }
}
