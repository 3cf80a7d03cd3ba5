/** Place of a value inside an object: keys and list positions. */
export type Path = readonly (string | number)[]

/** As the engine writes it: `spec.containers[0].image`, keys with other characters quoted. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (!/^[A-Za-z_$][\w$-]*$/.test(part)) return `[${JSON.stringify(part)}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')
}

/** Reads the same notation, as `ignoreChanges` carries it. A `*` stays a key. */
export function parsePath(text: string): Path {
  const parts = text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)
  return Array.from(parts, ([, quoted, index, key]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1')
    if (index !== undefined) return index === '*' ? '*' : Number(index)
    return key ?? ''
  })
}

/** True when `path` is `prefix` or lies below it; `*` in the prefix stands for any part. */
export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((part, index) => part === '*' || part === path[index])
}
