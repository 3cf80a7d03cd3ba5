import { z } from 'zod'
import { Duration, durationPattern } from '../../units/duration.ts'
import { Quantity, quantityPattern } from '../../units/quantity.ts'

/** `90s`, `15m`, `2h`: parsed to `Duration`. */
export const duration = z
  .string()
  .regex(durationPattern, 'a duration such as 500ms, 90s, 15m, 4h or 30d')
  .meta({ title: 'duration' })
  .transform((text, context) => {
    const parsed = Duration.parse(text)
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message: 'a duration in whole milliseconds' })
    return z.NEVER
  })

/** `500m`, `2`, `16Gi`, as Kubernetes writes it. A bare number is read as its text. */
export const quantity = z
  .union([
    z.string().regex(quantityPattern, 'a Kubernetes quantity such as 500m, 2 or 16Gi'),
    z.number().nonnegative(),
  ])
  .meta({ title: 'quantity' })
  .transform((value, context) => {
    const parsed = Quantity.parse(String(value))
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message: 'a Kubernetes quantity such as 500m, 2 or 16Gi' })
    return z.NEVER
  })

export const count = z.int().nonnegative()
export const positive = z.int().positive()
/** 0 to 100. */
export const percent = z.number().min(0).max(100).meta({ title: 'percentage' })
/** RFC 1123 label: what Kubernetes accepts as the name of a namespace. */
export const label = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'lower-case letters, digits and dashes, at most 40')
  .meta({ title: 'name' })
