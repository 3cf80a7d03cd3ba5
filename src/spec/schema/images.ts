import { z } from 'zod'

export const supportNames = ['iv', 'redis'] as const

const image = z.string().min(1).optional()

/** What runs beside the platform's own services. */
export const images = z.strictObject({
  iv: image.describe(
    'image of iv itself: receives alerts and moves the automatic degradation level; no receiver if left out',
  ),
  redis: image.describe(
    'image of Redis 7 or newer for session state; if left out, a Redis with sentinels is expected under the same names',
  ),
})
