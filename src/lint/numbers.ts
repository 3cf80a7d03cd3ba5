import { Duration } from '../units/duration.ts'

/** `150ms`, `34.1s`, `2h`: as the specification writes times. */
export function time(ms: number): string {
  const whole = Math.round(ms)
  const text = Duration.ms(whole).toString()
  return whole > 1000 && text.endsWith('ms') ? `${whole / 1000}s` : text
}

/** `1,024`, `37.5`: at most one decimal. */
export function number(value: number): string {
  return (Math.round(value * 10) / 10).toLocaleString('en-US')
}
