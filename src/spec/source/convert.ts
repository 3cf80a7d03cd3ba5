import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { join, parentOf } from '../tree.ts'

/** A specification has some 1,500 values; what grows beyond this is an alias bomb, not a platform. */
const mostNodes = 50_000
const deepest = 32

export class YamlRefusal extends Error {
  readonly offset: number
  readonly id: string

  constructor(message: string, offset: number, id: string) {
    super(message)
    this.offset = offset
    this.id = id
  }
}

/** Walks the nodes of one document once: plain data out, offsets remembered, aliases followed within bounds. */
export class Converter {
  readonly duplicates: { path: string; offset: number }[] = []
  readonly #keys = new Map<string, number>()
  readonly #values = new Map<string, number>()
  readonly #anchors = new Map<string, Node>()
  readonly #open = new Set<Node>()
  #nodes = 0

  valueOffset(path: string): number {
    const own = this.#values.get(path)
    if (own !== undefined) return own
    return path === '' ? 0 : this.valueOffset(parentOf(path))
  }

  keyOffset(path: string): number | undefined {
    return this.#keys.get(path)
  }

  convert(node: unknown, path: string): unknown {
    if (!isNode(node)) return null
    const offset = node.range?.[0] ?? 0
    this.#values.set(path, offset)
    this.#nodes += 1
    if (this.#nodes > mostNodes) {
      throw new YamlRefusal(
        `more than ${mostNodes} values once its aliases are followed`,
        offset,
        'IV-YAML-004',
      )
    }
    if (path.split('.').length > deepest) {
      throw new YamlRefusal(`nested deeper than ${deepest} levels`, offset, 'IV-YAML-001')
    }
    if (isAlias(node)) return this.#follow(node.source, path, offset)
    if ('anchor' in node && node.anchor !== undefined) this.#anchors.set(node.anchor, node)
    if (isScalar(node)) return node.value
    return this.#container(node, path)
  }

  #container(node: Node, path: string): unknown {
    this.#open.add(node)
    try {
      if (isSeq(node)) return node.items.map((item, index) => this.convert(item, join(path, index)))
      if (isMap(node)) return this.#map(node, path)
      return null
    } finally {
      this.#open.delete(node)
    }
  }

  #follow(anchor: string, path: string, offset: number): unknown {
    const target = this.#anchors.get(anchor)
    if (!target)
      throw new YamlRefusal(
        `an alias names no anchor above it: *${anchor.slice(0, 40)}`,
        offset,
        'IV-YAML-001',
      )
    if (this.#open.has(target)) {
      throw new YamlRefusal(`an alias contains itself: *${anchor.slice(0, 40)}`, offset, 'IV-YAML-004')
    }
    const value = this.convert(target, path)
    this.#values.set(path, offset)
    return value
  }

  #map(node: YAMLMap, path: string): unknown {
    const entries = new Map<string, unknown>()
    for (const pair of node.items) {
      const { key, offset } = keyOf(pair)
      const below = join(path, key)
      if (entries.has(key)) this.duplicates.push({ path: below, offset })
      const value = this.convert(pair.value, below)
      this.#keys.set(below, offset)
      if (pair.value === null) this.#values.set(below, offset)
      entries.set(key, value)
    }
    return Object.fromEntries(entries)
  }
}

function keyOf(pair: Pair): { key: string; offset: number } {
  const { key } = pair
  const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0
  if (!isScalar(key)) throw new YamlRefusal('a key must be plain text', offset, 'IV-YAML-001')
  const text = String(key.value)
  if (text === '__proto__') throw new YamlRefusal('__proto__ cannot be a key', offset, 'IV-YAML-001')
  return { key: text, offset }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value)
}
