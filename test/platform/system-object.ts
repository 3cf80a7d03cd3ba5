import type { PlatformObject } from '../../src/platform/kubernetes.ts'
import type { RegionPlan } from '../../src/platform/region-plan.ts'

/** The object of a system, by kind and name. */
export function systemObject<T extends PlatformObject>(plan: RegionPlan, kind: T['kind'], name: string): T {
  const found = plan.systems
    .flatMap(({ objects }) => objects)
    .find((object) => object.kind === kind && object.metadata.name === name)
  if (!found) throw new Error(`no ${kind} ${name} in ${plan.identity.region}`)
  return found as T
}
