import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import type { Collaborators } from '../collaborators.ts'
import { type AccessFlags, clusterAccess } from '../deploy/access.ts'
import { writeDurably } from '../durable-file.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { digestOf } from '../spec/digest.ts'
import { loadPlatform, type LoadInput } from '../spec/load.ts'
import { selectRegions } from '../spec/regions.ts'
import { redactionOf, type Redaction } from './redaction.ts'
import { withoutHostnames } from './redact.ts'
import { snapshot } from './snapshot.ts'
import { takeRegions } from './take-regions.ts'

export interface SnapshotSaveInput extends LoadInput, AccessFlags {
  /** Empty means all. */
  regions: readonly string[]
  out: string
  hostnames: boolean
}

export interface SnapshotData {
  file: string
  digest: string
  takenAt: string
  redacted: Redaction
  regions: readonly SnapshotRegion[]
}

export interface SnapshotRegion {
  region: string
  version: string
  nodes: number
  pods: number
  budgets: number
  quotas: number
}

export interface SnapshotCollaborators extends Collaborators {
  connect(access: ClusterAccess): Promise<Cluster>
}

/**
 * Saves what clusters have and what runs on them, for planning without them. Reads lists only.
 * @throws {Failure} OPERATION where a cluster does not answer or the file cannot be written; nothing is left then.
 */
export async function saveSnapshot(
  input: SnapshotSaveInput,
  c: SnapshotCollaborators,
): Promise<Report<SnapshotData>> {
  const platform = await loadPlatform({ allowLocalState: true, ...input }, c)
  const names = selectRegions(platform, input.regions.length === 0 ? ['all'] : input.regions)
  const taken = await takeRegions(clusterAccess(platform, names, { flags: input, paths: c.paths }), c)
  const contents = {
    apiVersion: 'iv/v1' as const,
    kind: 'Snapshot' as const,
    takenAt: c.clock.now().toISOString(),
    environment: platform.environment,
    hostnames: input.hostnames,
    regions: input.hostnames ? taken : taken.map(withoutHostnames),
  }
  // Through the schema, so that nothing is saved that is not named there.
  const { digest: _digest, ...kept } = snapshot.parse({ ...contents, digest: '' })
  const digest = digestOf(kept)
  await write(input.out, `${JSON.stringify({ ...kept, digest }, undefined, 1)}\n`)
  return {
    kind: 'SnapshotResult',
    environment: platform.environment,
    regions: names,
    inputs: { configDigest: platform.digest, snapshot: digest },
    data: {
      file: input.out,
      digest,
      takenAt: kept.takenAt,
      redacted: redactionOf(kept),
      regions: kept.regions.map(countsOf),
    },
  }
}

export function countsOf({
  region,
  version,
  ...lists
}: (typeof snapshot)['_output']['regions'][number]): SnapshotRegion {
  const { nodes, pods, budgets, quotas } = lists
  return {
    region,
    version,
    nodes: nodes.length,
    pods: pods.length,
    budgets: budgets.length,
    quotas: quotas.length,
  }
}

async function write(file: string, text: string): Promise<void> {
  await writeDurably(file, text).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('OPERATION', `cannot write ${file}: ${error.code ?? error.message}`, {
      cause: error,
      next: 'name a file that can be written',
    })
  })
}
