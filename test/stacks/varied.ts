import type { Platform } from '../../src/spec/platform.ts'
import { examplePlatform, extraRegion } from '../platform/example.ts'

/** The document's regions, and one of each role that it does not have. */
export function variedPlatform(): Platform {
  return examplePlatform({
    regions: {
      'ap-south': extraRegion('edge'),
      'sa-east': extraRegion('dr'),
      'eu-old': { ...extraRegion('active'), kubernetesVersion: '1.33' },
    },
  })
}

export const stackRegions = Object.keys(variedPlatform().specification.regions)
