import type { Collaborators } from '../collaborators.ts'
import type { ComponentName } from '../crds/component.ts'
import { kindsUsed } from '../crds/used.ts'
import { type AccessFlags, clusterAccess } from '../deploy/access.ts'
import { toFailure } from '../failure.ts'
import { objectsOf } from '../platform/objects.ts'
import { planRegion } from '../platform/plan.ts'
import { secretReferences } from '../platform/secret-references.ts'
import { isAlive } from '../process/identity.ts'
import { readSandbox } from '../sandbox/read.ts'
import { componentOf } from '../sandbox/record.ts'
import type { Platform } from '../spec/platform.ts'
import { type Check, failed } from './check.ts'
import { checkCluster } from './cluster.ts'

export interface ClustersInput {
  platform: Platform
  regions: readonly string[]
  flags: AccessFlags
  /** Components that are not asked for. */
  without: readonly ComponentName[]
}

/** Every region's cluster, all at once. */
export async function checkClusters(input: ClustersInput, c: Collaborators): Promise<Check[]> {
  const checks = input.regions.map((region) => checkRegion({ ...input, region }, c))
  return (await Promise.all(checks)).flat()
}

async function checkRegion(input: ClustersInput & { region: string }, c: Collaborators): Promise<Check[]> {
  const { platform, region, flags } = input
  const id = `cluster.${region}.access`
  try {
    if (platform.environment === 'local' && !(await runsInSandbox(region, c))) {
      return [{ id, status: 'skip', detail: `the sandbox of ${region} is not up`, hint: 'iv local up' }]
    }
    const access = clusterAccess(platform, [region], { flags, paths: c.paths }).get(region)
    const wantedVersion = platform.specification.regions[region]?.kubernetesVersion
    if (!access || wantedVersion === undefined) throw new Error(`region ${region} got no access`)
    const { delivery, name } = platform.specification
    const owner = { delivery, platform: name }
    const objects = objectsOf(planRegion(platform, region, input.without))
    const needs = { kinds: kindsUsed(objects), secrets: secretReferences(objects) }
    const isSandbox = platform.environment === 'local'
    return await checkCluster({ region, access, wantedVersion, owner, isSandbox, ...needs }, c)
  } catch (error) {
    return [failed(id, toFailure(error), `set regions.${region}.context in iv.yaml`)]
  }
}

async function runsInSandbox(region: string, c: Pick<Collaborators, 'paths'>): Promise<boolean> {
  const record = (await readSandbox(c.paths))?.regions.find((candidate) => candidate.name === region)
  const identity = record && componentOf(record, 'kube-apiserver').process
  return identity !== undefined && isAlive(identity)
}
