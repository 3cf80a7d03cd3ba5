import { objectsOf } from '../platform/objects.ts'
import { planRegion } from '../platform/plan.ts'
import type { Platform } from '../spec/platform.ts'
import type { DiffObject } from './change.ts'

/** The objects of a region as the specification has them; none where it has no such region. */
export function plannedObjects(platform: Platform, region: string): DiffObject[] {
  if (!Object.hasOwn(platform.specification.regions, region)) return []
  return objectsOf(planRegion(platform, region)) as unknown as DiffObject[]
}
