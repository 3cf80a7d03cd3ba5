import type { Specification } from './schema/specification.ts'

/** Where an effective value came from, strongest first. */
export type Origin =
  | { from: 'flag'; name: string }
  | { from: 'environment-variable'; name: string }
  | { from: 'overlay'; environment: string; place: string }
  | { from: 'file'; place: string }
  /** `source` names the place in the source document the number was taken from, or says that it is an assumption. */
  | { from: 'default'; source: string }

/** The specification after defaults and overlay, checked, every value knowing where it came from. */
export interface Platform {
  specification: Specification
  environment: string
  /** `sha256:` over the effective specification in canonical JSON. */
  digest: string
  /** Absolute path of `iv.yaml`; undefined where there is none and the defaults stand alone. */
  file: string | undefined
  /** Origin of the value at a dotted path such as `pools.sfu.instances.minimum`. */
  originOf(path: string): Origin
}
