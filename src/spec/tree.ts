/** Plain data as YAML and JSON have it, and the dotted paths into it. */
export type Tree = Readonly<Record<string, unknown>>

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}

/** The value at a dotted path; undefined where there is none. `null` counts as a value. */
export function valueAt(tree: unknown, path: string): unknown {
  if (path === '') return tree
  return path.split('.').reduce<unknown>((node, key) => {
    if (Array.isArray(node)) return node[Number(key)]
    return isTree(node) && Object.hasOwn(node, key) ? node[key] : undefined
  }, tree)
}

/** A tree with nothing but `value` at the dotted path. */
export function treeOf(path: string, value: unknown): Tree {
  const [first = '', ...rest] = path.split('.')
  return Object.fromEntries([[first, rest.length === 0 ? value : treeOf(rest.join('.'), value)]])
}

/**
 * `patch` over `base`, as JSON Merge Patch (RFC 7396) does it: maps merge key by key, everything else replaces,
 * `null` removes.
 */
export function merge(base: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch
  const result = new Map(isTree(base) ? Object.entries(base) : [])
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key)
    else result.set(key, merge(result.get(key), value))
  }
  return Object.fromEntries(result)
}
