import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRecord } from '../../src/provider/json.ts'
import { secretSignature, signatureKey, unknownValue } from '../../src/provider/protocol.ts'
import { fromStruct, hasUnknowns, secretPathsIn, toStruct, unwrap, wrap } from '../../src/provider/values.ts'

function secret(value: unknown): object {
  return { [signatureKey]: secretSignature, value }
}

const json = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.array(tie('value')),
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
        tie('value'),
      ),
    ),
  })).value,
)

test('a message carries any object whole', () => {
  fc.assert(
    fc.property(json, (object) => {
      const plain = JSON.parse(JSON.stringify(object)) as Record<string, unknown>
      expect(fromStruct(toStruct(plain)).plain).toEqual(plain)
    }),
  )
})

test('properties that are undefined or null are not there', () => {
  expect(fromStruct(toStruct({ a: undefined, b: null, c: [{ d: null }] })).plain).toEqual({ c: [{}] })
})

describe('secrets', () => {
  const wrapped = { data: { a: secret('x'), b: 'y' }, list: [secret({ deep: 1 })] }

  test('are taken out with their places and put back', () => {
    const { plain, secrets } = unwrap(wrapped)
    expect(plain).toEqual({ data: { a: 'x', b: 'y' }, list: [{ deep: 1 }] })
    expect(wrap(plain, secrets)).toEqual(wrapped)
  })

  test('inside a secret are wrapped once', () => {
    const { plain, secrets } = unwrap({ data: secret({ a: secret('x') }) })
    expect(wrap(plain, secrets)).toEqual({ data: secret({ a: 'x' }) })
  })

  test('are found again wherever the same text shows up', () => {
    const inputs = unwrap({ kind: 'ConfigMap', data: { a: secret('hunter2') } })
    const live = { kind: 'ConfigMap', data: { a: 'hunter2' }, status: { echo: ['hunter2', 'other'] } }
    const shown = wrap(live, secretPathsIn(live, inputs))
    expect(shown).toEqual({
      kind: 'ConfigMap',
      data: { a: secret('hunter2') },
      status: { echo: [secret('hunter2'), 'other'] },
    })
  })

  test('never lie in clear in what is kept of a Secret', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 6 })), (data) => {
        const live = { kind: 'Secret', metadata: { name: 'n' }, data }
        const kept = wrap(live, secretPathsIn(live, { plain: { kind: 'Secret' }, secrets: [] }))
        expect(isRecord(kept['data']) && kept['data'][signatureKey]).toBe(secretSignature)
      }),
    )
  })
})

test('an unknown is seen at any depth, also inside a secret', () => {
  expect(hasUnknowns({ a: [{ b: unknownValue }] })).toBe(true)
  expect(hasUnknowns(unwrap({ a: secret(unknownValue) }).plain)).toBe(true)
  expect(hasUnknowns({ a: 'known' })).toBe(false)
})
