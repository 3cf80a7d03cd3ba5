import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js'
import { Service } from '@pulumi/kubernetes/core/v1/service.js'
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js'
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js'
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi'
import { resourceName } from '../src/platform/names.ts'
import type { WorkloadPlan } from '../src/platform/region-plan.ts'
import { child, withoutWait } from './options.ts'

export interface WorkloadInput {
  plan: WorkloadPlan
  /** The namespace. */
  ground: readonly Resource[]
  /** What must stand before the first pod: namespace, network policies, priority classes. */
  before: readonly Resource[]
}

/** A pool: its identity, address and budget first, then the pods. */
export class Workload extends ComponentResource {
  readonly pods: Deployment

  constructor({ plan, ground, before }: WorkloadInput, options: ComponentResourceOptions) {
    super('iv:region:Workload', plan.name, {}, options)
    const { serviceAccount, disruptionBudget, service, deployment } = plan
    const account = new ServiceAccount(
      resourceName(serviceAccount.metadata),
      serviceAccount,
      child(this, ground),
    )
    const budget = new PodDisruptionBudget(
      resourceName(disruptionBudget.metadata),
      disruptionBudget,
      child(this, ground),
    )
    if (service) new Service(resourceName(service.metadata), withoutWait(service), child(this, ground))
    this.pods = new Deployment(resourceName(deployment.metadata), deployment, {
      ...child(this, [...before, account, budget]),
      customTimeouts: {
        create: `${plan.wait.create.secondsCeil}s`,
        update: `${plan.wait.update.secondsCeil}s`,
        delete: `${plan.wait.update.secondsCeil}s`,
      },
    })
    this.registerOutputs()
  }
}
