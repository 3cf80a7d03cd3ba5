import type { Collaborators } from '../collaborators.ts'
import { checkComponents } from '../crds/without.ts'
import { Failure, type Finding } from '../failure.ts'
import { resourceName } from '../platform/names.ts'
import { scaledWorkloads, workloadsOf } from '../platform/objects.ts'
import { planRegion } from '../platform/plan.ts'
import { planScenarios } from '../platform/systems/chaos/plan.ts'
import type { RegionPlan } from '../platform/region-plan.ts'
import type { RenderData } from '../report/render.ts'
import type { Report } from '../report/report.ts'
import { loadPlatform } from '../spec/load.ts'
import { selectRegions } from '../spec/regions.ts'
import { type Comparison, compareTree } from './compare.ts'
import { readManifest } from './manifest.ts'
import type { Flavor } from './flavor.ts'
import { treeFolder } from './folder.ts'
import {
  byPath,
  type RenderedFile,
  renderRegion,
  renderScenarios,
  scenariosFolder,
  treeDigest,
} from './tree.ts'
import { writeTree } from './write.ts'

export interface RenderInput {
  /** The specification; undefined means the project's own, or the defaults. */
  file?: string | undefined
  environment: string
  /** All where none is named. */
  regions: readonly string[]
  /** Absolute path of the folder that holds the tree; the environment's own if left out. */
  folder: string | undefined
  /** The specification's if left out. */
  flavor: Flavor | undefined
  /** Compare only, and fail with `CHANGES` where the folder differs. */
  check: boolean
  /** Components whose kinds are left out. */
  without?: readonly string[]
  /** Render for this version of Kubernetes instead of what the specification says. */
  kubeVersion?: string | undefined
}

/**
 * Writes the objects of the regions as files, without any cluster. Regions that are not named stay as they are; with
 * all of them, files of regions that the specification no longer has are removed as well.
 *
 * @throws Failure USAGE where a file that `iv` did not write stands at the place of one of ours, OPERATION where the
 *   folder cannot be read or written.
 */
export async function render(
  input: RenderInput,
  c: Pick<Collaborators, 'paths' | 'environment'>,
): Promise<Report<RenderData>> {
  const { environment, check, kubeVersion } = input
  const without = checkComponents(input.without ?? [])
  const file = input.file === undefined ? {} : { file: input.file }
  const platform = await loadPlatform({ ...file, environment, allowLocalState: true, kubeVersion }, c)
  const regions = selectRegions(platform, input.regions.length === 0 ? ['all'] : input.regions)
  const plans = regions.map((region) => planRegion(platform, region, without))
  const folder = input.folder ?? treeFolder(platform, c.paths)
  const flavor = input.flavor ?? platform.specification.gitops.flavor
  const files = plans
    .flatMap((plan) => [
      ...renderRegion(plan, flavor),
      ...renderScenarios(plan, planScenarios({ platform, identity: plan.identity })),
    ])
    .toSorted(byPath)
  const whole = regions.length === Object.keys(platform.specification.regions).length
  const inScope = (path: string): boolean =>
    whole ||
    regions.some(
      (region) => path.startsWith(`${region}/`) || path.startsWith(`${scenariosFolder}/${region}/`),
    )

  const { changes, foreign } = await onDisk(folder, async () => {
    const manifest = await readManifest(folder)
    const found = await compareTree({ folder, files, manifest, inScope })
    if (!check) {
      refuseForeign(folder, found)
      await writeTree({ folder, files, changes: found.changes, manifest, inScope })
    }
    return found
  })
  const differs = check && changes.length > 0
  return {
    kind: 'RenderResult',
    data: {
      folder,
      written: !check,
      files: files.map(fileData),
      digest: treeDigest(files),
      changed: changes,
    },
    ...(differs ? { outcome: 'CHANGES' as const, error: differences(folder, { changes, foreign }) } : {}),
    environment,
    regions,
    inputs: { configDigest: platform.digest },
    findings: plans.flatMap((plan) => [...plan.findings, ...countFinding(plan)]),
  }
}

function fileData({ path, sha256, kind, namespace, name }: RenderedFile): RenderData['files'][number] {
  return { path, sha256, kind, namespace, name }
}

function refuseForeign(folder: string, { foreign: [first, ...more] }: Comparison): void {
  if (first === undefined) return
  const others = more.length === 0 ? '' : `, and ${more.length} more`
  throw new Failure('USAGE', `${folder} has a file that iv did not write: ${first}${others}`, {
    next: 'move it away, or render into another folder',
  })
}

function differences(folder: string, { changes }: Comparison): Failure {
  const files = changes.length === 1 ? '1 file differs' : `${changes.length} files differ`
  return new Failure('CHANGES', `${files} from the specification in ${folder}`, {
    next: 'run the same command without --check, and review what it writes',
  })
}

/** A tree has nobody who sets a minimum once, as a deploy does: what has no autoscaler starts with one instance. */
function countFinding(plan: RegionPlan): Finding[] {
  const scaled = scaledWorkloads(plan)
  const unscaled = workloadsOf(plan).filter(
    ({ deployment, minimum }) => minimum !== 1 && !scaled.has(resourceName(deployment.metadata)),
  )
  if (unscaled.length === 0) return []
  return [
    {
      id: 'rendered-without-count',
      severity: 'warning',
      path: `regions.${plan.identity.region}`,
      message: `nothing in the tree sets the number of instances of ${unscaled.map(({ name }) => name).join(', ')}: each starts with one`,
      hint: 'iv deploy sets the minimum once; with a tree, scale them to their minimum after the first apply',
    },
  ]
}

async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof Failure || code === undefined) throw error
    throw new Failure('OPERATION', `cannot render into ${folder}: ${code}`, {
      cause: error,
      next: 'name a folder that can be read and written',
    })
  }
}
