/** A default with the place it was taken from. Marks may be nested; the innermost one wins. */
export class Sourced {
  readonly source: string
  readonly value: unknown

  constructor(source: string, value: unknown) {
    this.source = source
    this.value = value
  }
}

/** `place` is a heading of the source document, with the row where there is one. */
export function documented(place: string, value: unknown): Sourced {
  return new Sourced(place, value)
}

/** For what the source document does not say; `reason` is one clause. */
export function assumed(reason: string, value: unknown): Sourced {
  return new Sourced(`assumption: ${reason}`, value)
}

/** Where the document contradicts itself: its place and words, and the rule of `iv lint` that says why it changed. */
export function resolved(rule: string, place: string, value: unknown): Sourced {
  return new Sourced(`${place}; changed, see: iv lint explain ${rule}`, value)
}

export interface Unsourced {
  value: unknown
  /** Source by dotted path; it holds for everything below that names no other. */
  sources: ReadonlyMap<string, string>
}

/** Takes the marks off, and keeps them by path. */
export function unsource(tree: unknown): Unsourced {
  const sources = new Map<string, string>()
  return { value: strip(tree, '', sources), sources }
}

function strip(node: unknown, path: string, sources: Map<string, string>): unknown {
  if (node instanceof Sourced) {
    sources.set(path, node.source)
    return strip(node.value, path, sources)
  }
  if (Array.isArray(node)) return node.map((item, index) => strip(item, `${path}.${index}`, sources))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => {
    const below = path === '' ? key : `${path}.${key}`
    return [key, strip(value, below, sources)]
  })
  return Object.fromEntries(entries)
}
