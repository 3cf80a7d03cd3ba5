import { regionIdentity } from '../../../src/platform/identity.ts'
import type { PlatformObject } from '../../../src/platform/kubernetes.ts'
import type { SystemContext, SystemPlan, SystemPlanner } from '../../../src/platform/systems/system-plan.ts'
import { examplePlatform } from '../example.ts'

export function contextOf(region: string, changes: Record<string, unknown> = {}): SystemContext {
  const platform = examplePlatform(changes)
  return { platform, identity: regionIdentity(platform, region) }
}

export function planOf(
  planner: SystemPlanner,
  region: string,
  changes: Record<string, unknown> = {},
): SystemPlan {
  const plan = planner(contextOf(region, changes))
  if (!plan) throw new Error(`${region} has no such system`)
  return plan
}

export function objectOf(plan: SystemPlan, kind: string, name: string): PlatformObject {
  const found = plan.objects.find((object) => object.kind === kind && object.metadata.name === name)
  if (!found) throw new Error(`${plan.name} has no ${kind} ${name}`)
  return found
}

/** The text of a ConfigMap's key. */
export function textOf(plan: SystemPlan, name: string, key: string): string {
  const { data } = objectOf(plan, 'ConfigMap', name) as unknown as { data: Record<string, string> }
  const text = data[key]
  if (text === undefined) throw new Error(`ConfigMap ${name} has no ${key}`)
  return text
}
