import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { isFailure } from '../../src/failure.ts'
import type { Platform } from '../../src/spec/platform.ts'
import { selectRegions } from '../../src/spec/regions.ts'
import { load } from './support.ts'

let platform: Platform

beforeAll(async () => {
  platform = await load()
})

function failure(names: readonly string[]) {
  try {
    selectRegions(platform, names)
  } catch (error) {
    if (isFailure(error)) return { code: error.code, message: error.message, next: error.next }
    throw error
  }
  return undefined
}

describe('selecting regions', () => {
  it('puts the standby before the primary that would fail over to it', () => {
    expect(selectRegions(platform, ['all'])).toEqual(['us-west', 'eu-west', 'us-east'])
    expect(selectRegions(platform, ['us-east', 'us-west'])).toEqual(['us-west', 'us-east'])
  })

  it('has a place for every role, and a region of a new name needs no more than that', async () => {
    const wider = await load('regions: { ap-south: { role: edge }, us-central: { role: dr } }\n')
    expect(selectRegions(wider, ['all'])).toEqual(['us-central', 'us-west', 'eu-west', 'ap-south', 'us-east'])
    expect(wider.specification.regions['ap-south']).toEqual({
      role: 'edge',
      context: 'iv-local-ap-south',
      residency: 'any',
      kubernetesVersion: '1.35',
      zones: ['ap-south-a', 'ap-south-b', 'ap-south-c'],
      weight: 1,
    })
  })

  it('is the same in whatever order, and however often, they are named', () => {
    const names = fc.array(fc.constantFrom('us-east', 'us-west', 'eu-west'), { minLength: 1 })
    fc.assert(
      fc.property(names, (named) => {
        const selected = selectRegions(platform, named)
        expect(new Set(selected)).toEqual(new Set(named))
        expect(selected).toEqual(selectRegions(platform, [...new Set(named)].toSorted()))
      }),
    )
  })

  it('takes all over a name beside it', () => {
    expect(selectRegions(platform, ['us-east', 'all'])).toHaveLength(3)
  })

  it('does not find a region that there is not, and names the nearest', () => {
    expect(failure(['us-eats'])).toEqual({
      code: 'NOT_FOUND',
      message: 'region "us-eats" is not in the specification',
      next: 'did you mean us-east?',
    })
    expect(failure(['all', 'mars'])).toMatchObject({
      code: 'NOT_FOUND',
      next: 'there is: us-east, us-west, eu-west',
    })
    expect(failure(['constructor'])?.code).toBe('NOT_FOUND')
  })

  it('wants at least one', () => {
    expect(failure([])).toMatchObject({ code: 'USAGE', next: expect.stringContaining('--region all') })
  })
})
