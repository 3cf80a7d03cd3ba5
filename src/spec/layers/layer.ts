import type { Origin } from '../platform.ts'
import { isTree, valueAt } from '../tree.ts'

/** One source of values. A later layer wins over an earlier one, key by key. */
export interface Layer {
  value: unknown
  originOf(path: string): Origin
  /** For errors: where the value at a path stands, or the nearest ancestor of it. */
  placeOf(path: string): string
  /** The path as it is written in this layer's own source (`environments.prod.…` in an overlay). */
  pathInSource(path: string): string
}

/** The strongest layer that says anything at this path. */
export function layerOf(layers: readonly Layer[], path: string): Layer | undefined {
  return layers.findLast((layer) => valueAt(layer.value, path) !== undefined)
}

/** The layer to blame for what is missing at a path: the strongest that has the nearest ancestor. */
export function nearestLayer(layers: readonly Layer[], path: string): Layer | undefined {
  for (let cut = path; cut !== ''; cut = cut.slice(0, Math.max(0, cut.lastIndexOf('.')))) {
    const layer = layerOf(layers, cut)
    if (layer) return layer
  }
  return layers.at(-1)
}

/** Names in `section` that any layer mentions and none above it removes. */
export function namesIn(layers: readonly Layer[], section: string): string[] {
  const names = new Set<string>()
  for (const layer of layers) {
    const map = valueAt(layer.value, section)
    if (!isTree(map)) continue
    for (const [name, value] of Object.entries(map)) {
      if (value === null) names.delete(name)
      else names.add(name)
    }
  }
  return [...names]
}
