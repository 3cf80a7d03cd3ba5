import { z } from 'zod'

export const supportNames = ['iv', 'load'] as const

const image = z.string().min(1).optional()

/** What runs beside the platform's own services. */
export const images = z.strictObject({
  iv: image.describe(
    'image of iv itself: receives alerts and moves the automatic degradation level; no receiver if left out',
  ),
  load: image.describe(
    'image of the workers that take part in interviews as candidates do, for load scenarios; no media load if left out',
  ),
})
