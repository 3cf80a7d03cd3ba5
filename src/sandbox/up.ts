import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { planNodes } from '../platform/nodes.ts'
import { isAlive } from '../process/identity.ts'
import type { Report } from '../report/report.ts'
import type { Platform } from '../spec/platform.ts'
import { makeToolchain } from '../toolchain/locate.ts'
import type { Toolchain } from '../toolchain/toolchain.ts'
import { ensureEtcdCertificates } from './certificate-set.ts'
import { startEtcd } from './etcd-up.ts'
import { ensureRoom } from './files.ts'
import { writeSandboxKubeconfig } from './kubeconfig.ts'
import { stopLeftovers } from './leftovers.ts'
import { withSandboxLock } from './lock.ts'
import { regionFolder, sandboxFolder, sharedFolder } from './places.ts'
import { planRecord } from './plan-record.ts'
import { readSandbox } from './read.ts'
import { componentOf, type RegionRecord, type SandboxRecord } from './record.ts'
import { writeRegionFiles } from './region-files.ts'
import { startRegion } from './region-up.ts'
import { openSession, sandboxTools, type Session } from './session.ts'
import { settleAll } from './settle.ts'
import { renderKwokConfiguration, simulateStartups } from './stages.ts'
import { type LocalData, observeSandbox } from './status.ts'

export interface LocalUpInput {
  platform: Platform
  regions: readonly string[]
  /** Divides the specification's start-up times; undefined keeps what the sandbox has, 60 for a new one. */
  timeScale?: number | undefined
}

type SandboxCollaborators = Collaborators & { toolchain?: Toolchain }

const defaultTimeScale = 60

/**
 * Brings the control planes of the regions and their simulated nodes up and returns when everything is ready.
 * What runs already and is as it should be is left alone, so calling it again repairs and never harms.
 * @throws Failure `OPERATION` (missing program, port in use, no room, component that does not start), `LOCKED`.
 */
export async function localUp(input: LocalUpInput, c: SandboxCollaborators): Promise<Report<LocalData>> {
  requireLinux()
  await ensureRoom(sandboxFolder(c.paths))
  const tools = await (c.toolchain ?? makeToolchain(c)).ensure(sandboxTools)
  await withSandboxLock('iv local up', c, async () => {
    const known = await readSandbox(c.paths)
    await stopLeftovers(known, c)
    const timeScale = Math.max(1, input.timeScale ?? known?.timeScale ?? defaultTimeScale)
    const startups = simulateStartups(input.platform, timeScale)
    const record = await planRecord(known, { regions: input.regions, timeScale, startups, paths: c.paths })
    const session = openSession({ c, record, tools })
    await session.save()
    // A new time scale holds for every region that runs, not only for those asked for.
    const alsoRunning = known?.timeScale === timeScale ? [] : runningRegions(record)
    await startAll({ ...input, regions: [...input.regions, ...alsoRunning] }, session)
  })
  return { kind: 'LocalStatus', data: await observeSandbox(c), environment: 'local', regions: input.regions }
}

function requireLinux(): void {
  if (process.platform === 'linux') return
  throw new Failure('OPERATION', `the sandbox runs on Linux only, and this is ${process.platform}`, {
    next: 'run it in a Linux virtual machine or container',
  })
}

async function startAll({ platform, regions }: LocalUpInput, session: Session): Promise<void> {
  const { c, record } = session
  const kwokConfiguration = await renderKwokConfiguration(c.paths, record.startups)
  const chosen = record.regions
    .filter(({ name }) => regions.includes(name))
    .map((region) => ({ region, nodes: planNodes(platform, region.name) }))
  await ensureEtcdCertificates(regionFolder(c.paths, sharedFolder), c)
  await settleAll([
    startEtcd(session),
    ...chosen.map(({ region }) => writeRegionFiles({ region, kwokConfiguration }, session)),
  ])
  await writeSandboxKubeconfig(c.paths, record.regions)
  await settleAll(chosen.map((up) => startRegion(up, session)))
}

function runningRegions({ regions }: SandboxRecord): string[] {
  const runs = (region: RegionRecord): boolean => {
    const kwok = componentOf(region, 'kwok').process
    return kwok !== undefined && isAlive(kwok)
  }
  return regions.filter(runs).map(({ name }) => name)
}
