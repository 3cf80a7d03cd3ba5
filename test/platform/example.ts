import { defaults } from '../../src/spec/defaults/defaults.ts'
import { localDefaults } from '../../src/spec/defaults/local.ts'
import { unsource } from '../../src/spec/defaults/sourced.ts'
import type { Platform } from '../../src/spec/platform.ts'
import { type Specification, specification } from '../../src/spec/schema/specification.ts'

type Tree = { [key: string]: unknown }

/** The document's platform in `local`, with `changes` laid over the defaults as an `iv.yaml` would be. */
export function examplePlatform(changes: Tree = {}, environment = 'local'): Platform {
  const base = unsource(defaults).value as Tree
  const regions = Object.keys({ ...(base['regions'] as Tree), ...(changes['regions'] as Tree | undefined) })
  const sandbox = environment === 'local' ? (unsource(localDefaults(regions)).value as Tree) : {}
  const complete: Specification = specification.parse(merge(merge(base, sandbox), changes))
  return {
    specification: complete,
    environment,
    digest: 'sha256:example',
    file: undefined,
    originOf: () => ({ from: 'default', source: 'example' }),
  }
}

function merge(below: Tree, above: Tree): Tree {
  const merged = Object.entries(above).map(([key, value]) => {
    const under = below[key]
    return [key, isTree(under) && isTree(value) ? merge(under, value) : value]
  })
  return { ...below, ...Object.fromEntries(merged) }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A region that the defaults do not have. */
export function extraRegion(role: string, zones: readonly string[] = ['a', 'b', 'c']): Tree {
  return { role, kubernetesVersion: '1.35', zones, weight: 1 }
}
