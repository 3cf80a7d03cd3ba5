import type { Collaborators } from '../collaborators.ts'
import { definitionFolder, resolveDefinitions } from '../crds/resolve.ts'
import { kindsOfComponents, kindsUsed, type UsedKind } from '../crds/used.ts'
import { Failure } from '../failure.ts'
import { objectsOf } from '../platform/objects.ts'
import { planRegion } from '../platform/plan.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import { isAlive } from '../process/identity.ts'
import type { Report } from '../report/report.ts'
import type { Platform } from '../spec/platform.ts'
import { makeToolchain } from '../toolchain/locate.ts'
import { type Toolchain, type ToolName, toolSets } from '../toolchain/toolchain.ts'
import { autoscalingOperators, hasAutoscaling, type SandboxPart } from './autoscaling/ports.ts'
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
  /** Parts that not every sandbox has; what a region has it keeps. */
  with?: readonly SandboxPart[]
  /** Folder with the definitions of custom kinds; undefined means `../shared/crds`, where that is there. */
  crds?: string | undefined
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
  const folder = await definitionFolder(input.crds, c)
  const tools = await (c.toolchain ?? makeToolchain(c)).ensure(await toolsFor(input, c))
  await withSandboxLock('iv local up', c, async () => {
    const known = await readSandbox(c.paths)
    await stopLeftovers(known, c)
    const timeScale = Math.max(1, input.timeScale ?? known?.timeScale ?? defaultTimeScale)
    const startups = simulateStartups(input.platform, timeScale)
    const record = await planRecord(known, {
      regions: input.regions,
      autoscaling: input.with?.includes('autoscaling') ?? false,
      timeScale,
      startups,
      paths: c.paths,
    })
    const session = openSession({ c, record, tools })
    await session.save()
    // A new time scale holds for every region that runs, not only for those asked for.
    const alsoRunning = known?.timeScale === timeScale ? [] : runningRegions(record)
    await startAll({ ...input, folder, regions: [...input.regions, ...alsoRunning] }, session)
  })
  return { kind: 'LocalStatus', data: await observeSandbox(c), environment: 'local', regions: input.regions }
}

async function toolsFor(input: LocalUpInput, c: Collaborators): Promise<readonly ToolName[]> {
  const known = await readSandbox(c.paths)
  const isThere = known?.regions.some(hasAutoscaling) ?? false
  const scales = isThere || (input.with?.includes('autoscaling') ?? false)
  return scales ? [...sandboxTools, ...toolSets.autoscaling] : sandboxTools
}

function requireLinux(): void {
  if (process.platform === 'linux') return
  throw new Failure('OPERATION', `the sandbox runs on Linux only, and this is ${process.platform}`, {
    next: 'run it in a Linux virtual machine or container',
  })
}

interface StartInput {
  platform: Platform
  regions: readonly string[]
  /** Of definitions. */
  folder: string | undefined
}

async function startAll({ platform, regions, folder }: StartInput, session: Session): Promise<void> {
  const { c, record } = session
  const kwokConfiguration = await renderKwokConfiguration(c.paths, record.startups)
  const chosen = record.regions
    .filter(({ name }) => regions.includes(name))
    .map((region) => ({ region, plan: planRegion(platform, region.name) }))
  await ensureEtcdCertificates(regionFolder(c.paths, sharedFolder), c)
  await settleAll([
    startEtcd(session),
    ...chosen.map(({ region }) => writeRegionFiles({ region, kwokConfiguration }, session)),
  ])
  await writeSandboxKubeconfig(c.paths, record.regions)
  const kinds = chosen.map(kindsOf)
  const all = new Map(kinds.flat().map((kind) => [kind.definition, kind]))
  const resolved = await resolveDefinitions([...all.values()], folder, c)
  await settleAll(
    chosen.map(({ region, plan }, index) => {
      const used = new Set(kinds[index]?.map(({ definition }) => definition))
      const definitions = resolved.filter(({ definition }) => used.has(definition))
      return startRegion({ platform, region, plan, definitions }, session)
    }),
  )
}

/** What the plan uses, and where they run what the programs that scale pods and nodes want to find. */
function kindsOf({ region, plan }: { region: RegionRecord; plan: RegionPlan }): UsedKind[] {
  const used = kindsUsed(objectsOf(plan))
  if (!hasAutoscaling(region)) return used
  const known = new Set(used.map(({ definition }) => definition))
  return [
    ...used,
    ...kindsOfComponents(autoscalingOperators).filter(({ definition }) => !known.has(definition)),
  ]
}

function runningRegions({ regions }: SandboxRecord): string[] {
  const runs = (region: RegionRecord): boolean => {
    const kwok = componentOf(region, 'kwok').process
    return kwok !== undefined && isAlive(kwok)
  }
  return regions.filter(runs).map(({ name }) => name)
}
