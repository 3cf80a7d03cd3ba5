import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newRunId, systemRandom } from '../src/random.ts'

it('run ids are ULIDs that sort by time', () => {
  const time = fc.integer({ min: 0, max: 2 ** 47 })
  fc.assert(
    fc.property(time, time, (a, b) => {
      const [first, second] = [a, b].map((ms) => newRunId(new Date(ms), systemRandom))
      expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
      expect((first ?? '').slice(0, 10) < (second ?? '').slice(0, 10)).toBe(a < b)
    }),
  )
})
