import type { Finding } from '../failure.ts'
import { findingsOf } from './check/issues.ts'
import { missingIn, localStateRefused } from './check/environment.ts'
import { conflictsIn } from './check/values.ts'
import { defaultLayers, sandboxFence, sandboxLayer } from './layers/defaults.ts'
import { layerOf, namesIn, nearestLayer, type Layer } from './layers/layer.ts'
import { withoutLostRegions } from './layers/prune.ts'
import { fileLayer, overlayLayer, settingLayer } from './layers/written.ts'
import { specification, type Specification } from './schema/specification.ts'
import type { Setting } from './source/settings.ts'
import type { ParsedYaml } from './source/yaml.ts'
import { merge } from './tree.ts'

export interface Parts {
  parsed: ParsedYaml
  environment: string
  settings: readonly Setting[]
  allowLocalState: boolean
}

export interface Assembled {
  layers: readonly Layer[]
  specification?: Specification
  findings: readonly Finding[]
}

/** Puts the layers of one environment on top of each other and checks what comes out. */
export function assemble(parts: Parts): Assembled {
  const layers = layersOf(parts)
  const value = layers.reduce<unknown>((below, layer) => merge(below, layer.value), {})
  const result = specification.safeParse(value)
  if (!result.success) {
    const places = { placeOf: placeIn(layers), keyPlaceOf: placeIn(layers) }
    const checked = { schema: specification, value, places }
    return { layers, findings: findingsOf(result.error.issues, checked) }
  }
  return { layers, specification: result.data, findings: findingsAbout(result.data, parts, layers) }
}

/** From the weakest to the strongest; in `local` the sandbox has the last word. */
function layersOf({ parsed, environment, settings }: Parts): Layer[] {
  const written = [fileLayer(parsed), overlayLayer(parsed, environment), ...settings.map(settingLayer)]
  const bottom = defaultLayers(namesIn(written, 'regions'))
  const regions = namesIn([...bottom, ...written], 'regions')
  const pruned = bottom.map((layer) => ({ ...layer, value: withoutLostRegions(layer.value, regions) }))
  if (environment !== 'local') return [...pruned, ...written]
  return [...pruned, sandboxLayer(regions), ...written, sandboxFence(regions)]
}

function findingsAbout(effective: Specification, parts: Parts, layers: readonly Layer[]): Finding[] {
  const conflicts = conflictsIn(effective).map((conflict): Finding => {
    const layer = nearestLayer(layers, conflict.path)
    return {
      severity: 'error',
      ...conflict,
      place: placeIn(layers)(conflict.path),
      path: layer?.pathInSource(conflict.path) ?? conflict.path,
    }
  })
  if (parts.environment === 'local') return conflicts
  const { environment, parsed } = parts
  const stateAt = placeIn(layers)('state.backend')
  return [
    ...conflicts,
    ...missingIn(environment, effective, parsed.keyPlaceOf('environments', environment)),
    ...(parts.allowLocalState ? [] : localStateRefused(environment, effective, stateAt)),
  ]
}

function placeIn(layers: readonly Layer[]): (path: string) => string {
  return (path) => {
    const written = layers.filter((layer) => layer.placeOf(path) !== 'defaults')
    const layer = layerOf(written, path) ?? nearestLayer(written, path)
    return layer?.placeOf(path) ?? 'defaults'
  }
}
