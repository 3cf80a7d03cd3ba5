import type { Quantity } from '../units/quantity.ts'

const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const
const decimal = ['m', '', 'k', 'M', 'G', 'T', 'P'] as const

/**
 * A quantity as the API server writes it back (`1024Mi` → `1Gi`, `0.5` → `500m`, `0.572` → `572m`). An object that
 * was applied in any other spelling differs from the live one for ever, and shows up as drift.
 */
export function canonical(quantity: Quantity): string {
  if (quantity.text.endsWith('i') && quantity.amount >= 1024) return scaled(quantity.amount, 1024, binary)
  return milli(Math.ceil(round(quantity.amount * 1000)))
}

/** Thousandths as a quantity: `milli(572)` is `572m`, `milli(2000)` is `2`. */
export function milli(thousandths: number): string {
  return scaled(thousandths, 1000, decimal)
}

/** The whole number with the largest suffix that keeps it whole. */
function scaled(amount: number, base: number, suffixes: readonly string[]): string {
  let value = round(amount)
  let step = 0
  while (value !== 0 && value % base === 0 && step < suffixes.length - 1) {
    value /= base
    step += 1
  }
  return value === 0 ? '0' : `${value}${suffixes[step] ?? ''}`
}

/** Drops the noise of binary fractions (0.572 × 1000 is not 572) far below anything Kubernetes can express. */
function round(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * 1e6) / 1e6
}
