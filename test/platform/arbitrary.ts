import fc from 'fast-check'
import type { Platform } from '../../src/spec/platform.ts'
import { poolNames } from '../../src/spec/schema/pool.ts'
import { examplePlatform, extraRegion } from './example.ts'

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/)
const zones = fc.uniqueArray(name, { minLength: 1, maxLength: 5 })

const instances = fc
  .record({ minimum: fc.integer({ min: 1, max: 14 }), beyond: fc.integer({ min: 0, max: 40 }) })
  .map(({ minimum, beyond }) => ({ instances: { minimum, maximum: minimum + beyond } }))

const cores = fc.integer({ min: 100, max: 6000 }).map((milli) => `${milli}m`)
const mebibytes = fc.integer({ min: 128, max: 12_000 }).map((size) => `${size}Mi`)

const ordinary = fc
  .record({ scale: instances, cpu: cores, memory: mebibytes, startup: fc.integer({ min: 1, max: 900 }) })
  .map(({ scale, cpu, memory, startup }) => ({
    ...scale,
    resources: { cpu, memory, gpus: 0 },
    startup: `${startup}s`,
  }))

export interface Case {
  platform: Platform
  region: string
}

/** Platforms of any legal name, zones, counts and sizes, with a region of its own in any role that runs pools. */
export const platforms: fc.Arbitrary<Case> = fc
  .record({
    platform: name,
    region: name,
    role: fc.constantFrom('primary', 'standby', 'active', 'edge', 'dr'),
    zones,
    pools: fc.tuple(instances, ordinary, ordinary, instances, ordinary, ordinary),
    spare: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ platform, region, role, zones: inZones, pools, spare }) => ({
    region,
    platform: examplePlatform({
      name: platform,
      regions: { [region]: extraRegion(role, inZones) },
      nodeShapes: { media: { spare } },
      pools: Object.fromEntries(poolNames.map((pool, index) => [pool, pools[index]])),
    }),
  }))
