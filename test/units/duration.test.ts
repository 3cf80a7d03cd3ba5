import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Duration } from '../../src/units/duration.ts'

describe('Duration', () => {
  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['1.5s', 1500],
    ['0s', 0],
  ])('reads %s as %i ms', (text, ms) => {
    expect(Duration.parse(text)?.ms).toBe(ms)
  })

  it.each(['', '5', 's', '5 s', '-5s', '5sec', '5s ', '1h30m', '1e3s', '0.0001s', '٣s', 'Infinitys'])(
    'refuses %j whole instead of reading a part of it',
    (text) => {
      expect(Duration.parse(text)).toBeUndefined()
    },
  )

  it('comes back from its own text, for every whole number of milliseconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 * 365 * 86_400_000 }), (ms) => {
        expect(Duration.parse(Duration.ms(ms).toString())?.ms).toBe(ms)
      }),
    )
  })

  it('prints the largest unit that loses nothing', () => {
    expect(['60s', '120m', '48h', '90s', '1500ms'].map((text) => Duration.parse(text)?.toString())).toEqual([
      '1m',
      '2h',
      '2d',
      '90s',
      '1500ms',
    ])
  })

  it('rounds up where Kubernetes takes whole seconds', () => {
    expect(Duration.ms(1001).secondsCeil).toBe(2)
    expect(Duration.seconds(2).secondsCeil).toBe(2)
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('cannot be made from %d', (ms) => {
    expect(() => Duration.ms(ms)).toThrow(RangeError)
  })

  it('is text in JSON', () => {
    expect(JSON.stringify({ wait: Duration.seconds(30) })).toBe('{"wait":"30s"}')
  })
})
