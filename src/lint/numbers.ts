import { Duration } from '../units/duration.ts'

/** `150ms`, `15s`, `2h`: as the specification writes times. */
export function time(ms: number): string {
  return Duration.ms(Math.round(ms)).toString()
}

/** `1,024`, `37.5`: at most one decimal. */
export function number(value: number): string {
  return (Math.round(value * 10) / 10).toLocaleString('en-US')
}
