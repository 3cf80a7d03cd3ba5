import { z } from 'zod'
import { shapeNames } from '../spec/schema/pool.ts'
import { tiers } from './storage.ts'

const amount = z.number().finite().nonnegative()
const currency = z.string().regex(/^[A-Z]{3}$/, 'a currency such as USD')

const cited = z
  .strictObject({
    source: z.string().min(1).describe('where it was published'),
    value: amount,
    currency: currency.optional(),
  })
  .transform(({ value, ...rest }) => ({ ...rest, low: value, high: value }))

const assumed = z
  .strictObject({
    assumption: z.string().min(1).describe('what it was taken to be'),
    low: amount,
    high: amount,
    currency: currency.optional(),
  })
  .refine(({ low, high }) => low <= high, { message: 'low is above high' })

const price = z.union([cited, assumed], {
  error: 'a price with source and value, or with assumption, low and high (low at most high, none negative)',
})

export type Price = z.output<typeof price>

function all<N extends string>(names: readonly N[]): z.ZodObject<Record<N, typeof price>, z.core.$strict> {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, price])) as Record<N, typeof price>)
}

/** Dated prices, all in one currency. */
export const priceBook = z.strictObject({
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-01'),
  currency,
  nodes: all(shapeNames).describe('one node for one hour, on demand'),
  storage: all(tiers).describe('one terabyte for one month'),
  network: z.strictObject({ egress: price }).describe('one terabyte that leaves'),
  speech: z.strictObject({ asr: price, tts: price }).describe('one minute of audio, bought'),
})

export type PriceBook = z.output<typeof priceBook>

/** Lowest and highest of an amount of money per month, in the price book's currency. */
export interface Range {
  low: number
  high: number
}

export function times({ low, high }: Range, factor: number): Range {
  return { low: low * factor, high: high * factor }
}

export function sum(ranges: readonly Range[]): Range {
  return ranges.reduce((all, { low, high }) => ({ low: all.low + low, high: all.high + high }), {
    low: 0,
    high: 0,
  })
}

export function middle({ low, high }: Range): number {
  return (low + high) / 2
}

export function isAssumed(item: Price): boolean {
  return 'assumption' in item
}
