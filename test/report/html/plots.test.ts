import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { barPlot } from '../../../src/report/html/bars.ts'
import { html } from '../../../src/report/html/markup.ts'
import { scaleOf } from '../../../src/report/html/scale.ts'
import { fitted, widthOf } from '../../../src/report/html/words.ts'
import { samplePage } from './sample.ts'

describe('markup', () => {
  it('lets no text become a tag, an attribute or an entity', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('<', '>', '"', "'", '&', ';', '#', '/', '=', 'a', '1', ' ', '\n', '\0'),
        }),
        (text) => {
          const made = html`<p title="${text}">${text}</p>`.text
          const entities = made.match(/&(amp|lt|gt|quot|#39);/g) ?? []
          const raw = ['<', '"', "'", '&'].map((character) => made.split(character).length - 1)
          expect(raw).toEqual([2, 2, 0, entities.length])
        },
      ),
    )
  })
})

describe('a page', () => {
  const text = samplePage()

  it('is the same for the same input', () => {
    expect(samplePage()).toBe(text)
  })

  it('has no script, no address outside, and a unique id for everything', () => {
    expect(text).not.toMatch(/<script|https?:|url\(|@import|javascript:/)
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('gives every plot a title, a description and its figures as a table', () => {
    const plots = text.match(/<figure /g)?.length
    expect(plots).toBe(7)
    for (const part of [/<svg [^>]*role="img"/g, /<desc id/g, /<details>/g]) {
      expect(text.match(part)).toHaveLength(plots ?? 0)
    }
    expect(text).not.toContain('NaN')
  })
})

describe('a scale', () => {
  const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 })

  it('places every value inside, in order, with at most twelve ticks', () => {
    fc.assert(
      fc.property(values, fc.boolean(), (given, log) => {
        const { place, ticks } = scaleOf({
          axis: { label: '', log },
          values: given,
          from: 10,
          until: 500,
          zero: true,
        })
        const places = given.toSorted((left, right) => left - right).map(place)
        expect(Math.min(...places)).toBeGreaterThanOrEqual(10)
        expect(Math.max(...places)).toBeLessThanOrEqual(500)
        expect(places).toEqual(places.toSorted((left, right) => left - right))
        expect(ticks.length).toBeGreaterThan(0)
        expect(ticks.length).toBeLessThanOrEqual(12)
      }),
    )
  })

  it('has round ticks that reach over the values', () => {
    const { ticks } = scaleOf({ axis: { label: '' }, values: [0.3, 87], from: 0, until: 1, zero: true })
    expect(ticks.map(({ label }) => label)).toEqual(['0', '20', '40', '60', '80', '100'])
  })
})

describe('plots of nothing', () => {
  it('are drawn without a value', () => {
    const head = { id: 'none', title: 'None', description: 'Nothing.' }
    const plot = barPlot({
      ...head,
      value: { label: 'x' },
      categoryLabel: 'y',
      categories: [],
      series: [],
      mode: 'stacked',
    })
    expect(plot.text).not.toMatch(/NaN|Infinity/)
  })
})

describe('a label', () => {
  it('is cut to its place and never wider', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('W', 'i', ' ', '—', 'é', '€', '🙂') }),
        fc.integer({ min: 20, max: 300 }),
        (text, width) => {
          expect(widthOf(fitted(text, width))).toBeLessThanOrEqual(width)
        },
      ),
    )
  })
})
