import type { Cluster } from '../cluster/cluster.ts'
import { faultsOf } from '../crds/faults.ts'
import { kindsUsed } from '../crds/used.ts'
import { Failure, type Finding } from '../failure.ts'
import { objectsOf } from '../platform/objects.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import { secretReferences } from '../platform/secret-references.ts'
import { missingComponentFinding, missingComponents } from './components.ts'
import { missingSecrets, secretFinding } from './secrets.ts'
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
  const objects = objectsOf(plan)
  const [actual, components, secrets] = await Promise.all([
    cluster.version(),
    missingComponents(cluster, kindsUsed(objects)),
    missingSecrets(cluster, secretReferences(objects)),
  ])
  const version = { actual, planned: kubernetesVersion }
  return [
    ...faultsOf(objects),
    ...(changesThePlan(actual, kubernetesVersion) ? [versionFinding(version, region)] : []),
    ...components.map((missing) => missingComponentFinding(missing, region)),
    ...secrets.map((missing) => secretFinding(missing, plan.identity)),
  ]
}

/**
 * @returns what is missing and does no harm there.
 * @throws Failure `OPERATION` with one finding per gap, before anything was written.
 */
export async function refuseGaps(prerequisites: Prerequisites): Promise<Finding[]> {
  const found = await gapsOf(prerequisites)
  const findings = found.filter(({ severity }) => severity === 'error')
  const [first] = findings
  if (!first) return found
  const { region } = prerequisites.plan.identity
  const messages = findings.map(({ message }) => message).join('; ')
  throw new Failure('OPERATION', `not deployable as planned: ${messages}`, {
    region,
    findings,
    ...(first.hint === undefined ? {} : { next: first.hint }),
  })
}
