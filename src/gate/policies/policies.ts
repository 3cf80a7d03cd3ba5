import { backupsStay } from './backups-stay.ts'
import { knownRegistries } from './known-registries.ts'
import type { Policy } from './policy.ts'
import { poolsShrinkSlowly } from './pools-shrink-slowly.ts'
import { regionsStay } from './regions-stay.ts'
import { versionedImages } from './versioned-images.ts'

export const policies: readonly Policy[] = [
  versionedImages,
  knownRegistries,
  regionsStay,
  poolsShrinkSlowly,
  backupsStay,
]
