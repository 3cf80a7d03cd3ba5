import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { isFailure } from '../../src/failure.ts'
import { specification } from '../../src/spec/schema/specification.ts'
import { keysOf } from '../../src/spec/schema/walk.ts'
import { load, production } from './support.ts'

/** What is unclear about how a text is refused; nothing where it loads, or is refused as it should be. */
async function unclear(text: string, environment: string): Promise<unknown[]> {
  try {
    await load(text, { environment })
    return []
  } catch (error) {
    if (!isFailure(error)) return [error]
    if (error.code === 'NOT_FOUND') return []
    if (error.code !== 'USAGE' || error.findings.length === 0) return [error]
    return error.findings.filter(
      ({ message, place, id }) =>
        message === '' || !/^iv\.yaml:\d+:\d+$/.test(place ?? (id === 'IV-SPEC-006' ? 'iv.yaml:1:1' : '')),
    )
  }
}

const environment = fc.constantFrom('local', 'production')

describe('whatever the file says, it', () => {
  it('is loaded or refused with its place: values of every kind under every key', async () => {
    const sections = fc.dictionary(
      fc.constantFrom(...(keysOf(specification) ?? []), 'environments'),
      fc.jsonValue(),
      {
        maxKeys: 3,
      },
    )
    await fc.assert(
      fc.asyncProperty(sections, environment, async (value, name) => {
        expect(await unclear(stringify(value), name)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('is loaded or refused with its place: a valid file with a part cut out or put in', async () => {
    const edits = fc.record({ at: fc.nat(), cut: fc.nat({ max: 20 }), put: fc.string({ maxLength: 5 }) })
    await fc.assert(
      fc.asyncProperty(edits, environment, async ({ at, cut, put }, name) => {
        const start = at % production.length
        const text = `${production.slice(0, start)}${put}${production.slice(start + cut)}`
        expect(await unclear(text, name)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('is loaded or refused with its place: anything at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), environment, async (text, name) => {
        expect(await unclear(text, name)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
