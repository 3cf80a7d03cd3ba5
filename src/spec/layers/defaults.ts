import { defaults } from '../defaults/defaults.ts'
import { localDefaults, localOnly } from '../defaults/local.ts'
import { newRegion, regions as documentedRegions } from '../defaults/regions.ts'
import { unsource } from '../defaults/sourced.ts'
import { parentOf, valueAt } from '../tree.ts'
import type { Layer } from './layer.ts'

/** The document's numbers, and what regions that it does not know start from. */
export function defaultLayers(regions: readonly string[]): Layer[] {
  const unknown = regions.filter((name) => !Object.hasOwn(documentedRegions, name))
  const template = { regions: Object.fromEntries(unknown.map((name) => [name, newRegion(name)])) }
  return [layerOfDefaults(defaults), layerOfDefaults(template)]
}

/** What `local` adds below the file: placeholders for what every other environment has to name. */
export function sandboxLayer(regions: readonly string[]): Layer {
  return layerOfDefaults(localDefaults(regions))
}

/** What `local` puts above the file: whatever is written, it reaches the sandbox and nothing else. */
export function sandboxFence(regions: readonly string[]): Layer {
  return layerOfDefaults(localOnly(regions))
}

/** The default at a path with its source, for explanations; nothing where the path has none. */
export function defaultAt(path: string): { default?: unknown; source?: string } {
  const layer = layerOfDefaults(defaults)
  const value = valueAt(layer.value, path)
  const origin = layer.originOf(path)
  if (value === undefined || origin.from !== 'default') return {}
  return { default: value, source: origin.source }
}

function layerOfDefaults(tree: unknown): Layer {
  const { value, sources } = unsource(tree)
  const sourceOf = (path: string): string => {
    const own = sources.get(path)
    if (own !== undefined) return own
    return path === '' ? 'several places, one per value' : sourceOf(parentOf(path))
  }
  return {
    value,
    originOf: (path) => ({ from: 'default', source: sourceOf(path) }),
    placeOf: () => 'defaults',
    pathInSource: (path) => path,
  }
}
