import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merge, treeOf, valueAt } from '../../src/spec/tree.ts'

const key = fc.stringMatching(/^[a-c]$/)
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.array(fc.integer(), { maxLength: 2 }), tie('map')),
  map: fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3 }),
})).map

describe('merging an overlay', () => {
  it('changes nothing where the overlay says nothing', () => {
    fc.assert(
      fc.property(tree, (base) => {
        expect(merge(base, {})).toEqual(base)
      }),
    )
  })

  it('is done once: a second time changes nothing', () => {
    fc.assert(
      fc.property(tree, tree, (base, patch) => {
        const once = merge(base, patch)
        expect(merge(once, patch)).toEqual(once)
      }),
    )
  })

  it('gives every single value of the overlay, and of the base where the overlay says nothing', () => {
    fc.assert(
      fc.property(tree, tree, (base, patch) => {
        const merged = merge(base, patch)
        for (const path of leaves(patch)) expect(valueAt(merged, path)).toEqual(valueAt(patch, path))
        const untouched = leaves(base).filter((path) => !leaves(patch).some((other) => overlaps(path, other)))
        for (const path of untouched) expect(valueAt(merged, path)).toEqual(valueAt(base, path))
      }),
    )
  })

  it('leaves what it was given as it was', () => {
    fc.assert(
      fc.property(tree, tree, (base, patch) => {
        const before = JSON.stringify([base, patch])
        merge(base, patch)
        expect(JSON.stringify([base, patch])).toBe(before)
      }),
    )
  })

  it('removes with null, and replaces lists whole', () => {
    const base = { a: { b: 1, c: [1, 2] }, d: 1 }
    expect(merge(base, { a: { b: null, c: [3] }, d: null })).toEqual({ a: { c: [3] } })
  })
})

describe('paths', () => {
  it('lead back to what was put there', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), fc.integer(), (keys, value) => {
        const path = keys.join('.')
        expect(valueAt(treeOf(path, value), path)).toBe(value)
      }),
    )
  })

  it.each(['constructor', '__proto__', 'a.length', 'a.b.c', 'toString'])('%s leads nowhere', (path) => {
    expect(valueAt({ a: { b: 1 } }, path)).toBeUndefined()
  })
})

function leaves(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return [path]
  return Object.entries(node).flatMap(([name, child]) =>
    leaves(child, path === '' ? name : `${path}.${name}`),
  )
}

function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`)
}
