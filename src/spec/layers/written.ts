import type { Setting } from '../source/settings.ts'
import type { ParsedYaml } from '../source/yaml.ts'
import { isTree, join, valueAt } from '../tree.ts'
import type { Layer } from './layer.ts'

/** The file without its environments. */
export function fileLayer(parsed: ParsedYaml): Layer {
  const entries = isTree(parsed.value) ? Object.entries(parsed.value) : []
  return {
    value: Object.fromEntries(entries.filter(([key]) => key !== 'environments')),
    originOf: (path) => ({ from: 'file', place: parsed.placeOf(path) }),
    placeOf: (path) => parsed.placeOf(path),
    pathInSource: (path) => path,
  }
}

/** What the file says for one environment. */
export function overlayLayer(parsed: ParsedYaml, environment: string): Layer {
  const root = `environments.${environment}`
  return {
    value: valueAt(parsed.value, root) ?? {},
    originOf: (path) => ({ from: 'overlay', environment, place: parsed.placeOf(join(root, path)) }),
    placeOf: (path) => parsed.placeOf(join(root, path)),
    pathInSource: (path) => join(root, path),
  }
}

export function settingLayer({ name, from, value }: Setting): Layer {
  return {
    value,
    originOf: () => ({ from, name }),
    placeOf: () => name,
    pathInSource: (path) => path,
  }
}
