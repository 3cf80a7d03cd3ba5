import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { nearestAll } from '../../src/nearest.ts'
import { jsonSchema } from '../../src/spec/json-schema.ts'
import { specification } from '../../src/spec/schema/specification.ts'
import { childOf, keysOf, unwrap } from '../../src/spec/schema/walk.ts'
import { isTree, valueAt } from '../../src/spec/tree.ts'

interface Place {
  path: string
  key: string
  siblings: readonly string[]
  schema: z.core.$ZodType
}

const places = placesIn(specification, '')

describe('the schema', () => {
  it('says what every key means', () => {
    const silent = places.filter(({ schema }) => unwrap(schema).description === undefined)
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('names the unit of every bare number whose number alone says nothing', () => {
    const units =
      /(Percent|Terabytes|Usd|Gpus|Nodes|Server|Checks|Failures|Successes|Requests|Retries|Interviews|Port|Tracks|Kbps)$/
    // Counts of what the key itself names, ports, ranks, factors, and thresholds in the unit of their metric.
    const plain =
      /^(minimum|maximum|gpus|spare|maxPods|port|weight|maxUnavailable|scaleIn|scaleOut|above|below|percent|count|multiplier|ringSlots|virtualNodesPerServer|failedHealthChecks|levelNumber|classValue|interviews|concurrentInterviews|regionCount)$/
    const numbers = places.filter(({ schema }) => unwrap(schema).type === 'number').map(({ key }) => key)
    expect(numbers.filter((key) => !units.test(key) && !plain.test(key))).toEqual([])
  })

  it('suggests the right key for any one slip in any key', () => {
    const slips = fc.record({
      place: fc.constantFrom(...places),
      at: fc.nat(),
      letter: fc.stringMatching(/^[a-z]$/),
      kind: fc.constantFrom('add', 'replace', 'leave out', 'swap'),
    })
    fc.assert(
      fc.property(slips, ({ place: { key, siblings }, at, letter, kind }) => {
        const index = at % key.length
        const [before, here, after] = [key.slice(0, index), key.charAt(index), key.slice(index + 1)]
        const wrong = {
          add: `${before}${letter}${here}${after}`,
          replace: `${before}${letter}${after}`,
          'leave out': `${before}${after}`,
          swap: `${before}${after.charAt(0)}${here}${after.slice(1)}`,
        }[kind]
        fc.pre(!siblings.includes(wrong) && wrong !== '')
        expect(nearestAll(wrong, siblings)).toContain(key)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the JSON Schema', () => {
  const schema = jsonSchema()

  it('has every key of the specification, with its description', () => {
    const at = (path: string) => path.split('.').reduce<unknown>((node, key) => below(node, key), schema)
    const lost = places.filter(
      ({ path, schema: own }) => valueAt(at(path), 'description') !== unwrap(own).description,
    )
    expect(lost.map(({ path }) => path)).toEqual([])
  })

  it('allows no key that the specification does not have', () => {
    expect(schema['additionalProperties']).toBe(false)
    expect(valueAt(schema, 'properties.pools.additionalProperties')).toBe(false)
  })

  it('asks for nothing: everything has a default', () => {
    expect(JSON.stringify(schema)).not.toContain('"required"')
  })

  it('takes null for a name, which removes its default', () => {
    expect(JSON.stringify(valueAt(schema, 'properties.regions.additionalProperties'))).toContain(
      '"type":"null"',
    )
  })
})

function below(node: unknown, key: string): unknown {
  const own = valueAt(node, `properties.${key}`)
  if (own !== undefined) return own
  const free = valueAt(node, 'additionalProperties')
  if (isTree(free)) return Array.isArray(free['anyOf']) ? free['anyOf'][0] : free
  return valueAt(node, 'items')
}

function placesIn(schema: z.core.$ZodType, path: string): Place[] {
  const { type } = unwrap(schema)
  const next = (key: string) => (path === '' ? key : `${path}.${key}`)
  const siblings = keysOf(schema) ?? []
  const own = siblings.flatMap((key) => {
    const child = childOf(schema, key)
    return child ? [{ path: next(key), key, siblings, schema: child }, ...placesIn(child, next(key))] : []
  })
  const entry = type === 'record' || type === 'array' ? childOf(schema, '0') : undefined
  return entry ? placesIn(entry, next('0')) : own
}
