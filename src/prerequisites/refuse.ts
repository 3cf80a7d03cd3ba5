import type { Cluster } from '../cluster/cluster.ts'
import { faultsOf } from '../crds/faults.ts'
import { kindsUsed } from '../crds/used.ts'
import { Failure, type Finding } from '../failure.ts'
import { objectsOf } from '../platform/objects.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import { missingComponentFinding, missingComponents } from './components.ts'
import { changesThePlan, versionFinding } from './version.ts'

export interface Prerequisites {
  plan: RegionPlan
  cluster: Pick<Cluster, 'pathOf' | 'request' | 'version'>
  /** What the plan was made for. */
  kubernetesVersion: string
}

/** What is wrong with a plan, and what its region's cluster has to have before a deploy and has not. Reads only. */
export async function gapsOf({ plan, cluster, kubernetesVersion }: Prerequisites): Promise<Finding[]> {
  const { region } = plan.identity
  const [actual, components] = await Promise.all([
    cluster.version(),
    missingComponents(cluster, kindsUsed(objectsOf(plan))),
  ])
  const version = { actual, planned: kubernetesVersion }
  return [
    ...faultsOf(objectsOf(plan)),
    ...(changesThePlan(actual, kubernetesVersion) ? [versionFinding(version, region)] : []),
    ...components.map((missing) => missingComponentFinding(missing, region)),
  ]
}

/** @throws Failure `OPERATION` with one finding per gap, before anything was written. */
export async function refuseGaps(prerequisites: Prerequisites): Promise<void> {
  const findings = await gapsOf(prerequisites)
  const [first] = findings
  if (!first) return
  const { region } = prerequisites.plan.identity
  const messages = findings.map(({ message }) => message).join('; ')
  throw new Failure('OPERATION', `not deployable as planned: ${messages}`, {
    region,
    findings,
    ...(first.hint === undefined ? {} : { next: first.hint }),
  })
}
