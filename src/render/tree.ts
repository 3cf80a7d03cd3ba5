import { createHash } from 'node:crypto'
import { objectsOf, type PlannedObject } from '../platform/objects.ts'
import type { RegionIdentity, RegionPlan } from '../platform/region-plan.ts'
import type { ScenarioPlan } from '../platform/systems/chaos/plan.ts'
import { type Wave, waveOf } from '../platform/waves.ts'
import type { Flavor } from './flavor.ts'
import { toYaml } from './yaml.ts'

/** One file of a rendered tree. */
export interface RenderedFile {
  /** Relative to the tree, with `/`: `us-east/30-workloads/interview-speech/deployment-asr.yaml`. */
  path: string
  content: string
  /** Hexadecimal, of `content`. */
  sha256: string
  kind: string
  namespace: string | null
  name: string
}

/**
 * A region as files, one object each, sorted by path. The same plan gives the same bytes on every machine: nothing but
 * the plan is asked. The objects are those of the stack; `test/render` holds the two against each other.
 */
export function renderRegion(plan: RegionPlan, flavor: Flavor): RenderedFile[] {
  return objectsOf(plan)
    .map((object) => renderObject(plan, object, flavor))
    .toSorted(byPath)
}

/**
 * What runs the scenarios in a region, in a tree of its own: whoever applies a region's folder must never start a load
 * test or break something with it.
 */
export function renderScenarios(
  { identity }: RegionPlan,
  scenarios: readonly ScenarioPlan[],
): RenderedFile[] {
  const files = scenarios.flatMap(({ scenario, objects }) =>
    objects.map((object) => {
      const folder = [scenariosFolder, identity.region, scenario]
      return fileOf(identity, object, { folder, fields: object })
    }),
  )
  return files.toSorted(byPath)
}

/** Beside the regions in a rendered tree; no region has a dot in its name. */
export const scenariosFolder = 'scenarios.d'

/** By code units, so that no machine's language changes the order. */
export function byPath(left: { path: string }, right: { path: string }): number {
  return left.path < right.path ? -1 : 1
}

/** Over paths and contents, so that two trees with the same digest are the same trees. */
export function treeDigest(files: readonly RenderedFile[]): string {
  const lines = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
  return `sha256:${createHash('sha256').update(lines).digest('hex')}`
}

function renderObject({ identity }: RegionPlan, object: PlannedObject, flavor: Flavor): RenderedFile {
  const { kind, metadata } = object
  const wave = waveOf(kind)
  const folder = [
    identity.region,
    `${String(wave.order).padStart(2, '0')}-${wave.name}`,
    ...(metadata.namespace === undefined ? [] : [metadata.namespace]),
  ]
  return fileOf(identity, object, {
    folder,
    fields: flavor === 'argocd' ? withSyncWave(object, wave) : object,
  })
}

interface Placed {
  folder: readonly string[]
  fields: unknown
}

function fileOf(
  identity: RegionIdentity,
  { kind, metadata }: PlannedObject,
  { folder, fields }: Placed,
): RenderedFile {
  const content =
    `# Rendered by iv for ${identity.project}/${identity.stack}: change the specification, not this file.\n` +
    toYaml(fields)
  return {
    path: [...folder, `${kind.toLowerCase()}-${metadata.name}.yaml`].join('/'),
    content,
    sha256: createHash('sha256').update(content).digest('hex'),
    kind,
    namespace: metadata.namespace ?? null,
    name: metadata.name,
  }
}

function withSyncWave(object: PlannedObject, { order }: Wave): unknown {
  const { metadata } = object
  const annotations = { ...metadata.annotations, 'argocd.argoproj.io/sync-wave': String(order) }
  return { ...object, metadata: { ...metadata, annotations } }
}
