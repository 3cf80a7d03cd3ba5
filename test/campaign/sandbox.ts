import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { connectCluster } from '../../src/cluster/connect.ts'
import { localDown } from '../../src/sandbox/down.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { localUp } from '../../src/sandbox/up.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { claim, sandboxProjectPrefix } from '../support/abandoned.ts'
import { testCollaborators } from '../support/collaborators.ts'

export interface CampaignSandbox {
  project: string
  region: string
  connect: () => Promise<Cluster>
}

/** Runs `work` with a region of a sandbox of its own, and leaves nothing of it. */
export async function withSandbox<T>(work: (sandbox: CampaignSandbox) => Promise<T>): Promise<T> {
  const region = 'us-east'
  const project = await mkdtemp(join(tmpdir(), sandboxProjectPrefix))
  await claim(project)
  const c = testCollaborators(project, { environment: process.env })
  try {
    const platform = await loadPlatform({ environment: 'local' }, c)
    await localUp({ platform, regions: [region], timeScale: 600 }, c)
    const access = { kubeconfig: sandboxKubeconfig(c.paths), context: sandboxContext(region) }
    return await work({ project, region, connect: () => connectCluster(access) })
  } finally {
    await localDown({}, c)
    await rm(project, { recursive: true, force: true })
  }
}
