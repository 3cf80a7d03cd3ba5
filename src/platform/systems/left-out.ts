import type { ComponentName } from '../../crds/component.ts'
import { isCustom, kindsUsed } from '../../crds/used.ts'
import type { Finding } from '../../failure.ts'
import type { PlatformObject } from '../kubernetes.ts'
import type { RegionIdentity } from '../region-plan.ts'
import type { SystemPlan } from './system-plan.ts'

/** A system without the kinds of some components, and without the claims that rest on them. */
export function withoutComponents(
  plan: SystemPlan,
  components: readonly ComponentName[],
  { region }: Pick<RegionIdentity, 'region'>,
): SystemPlan {
  if (components.length === 0) return plan
  const objects = plan.objects.filter((object) => !belongsTo(object, components))
  const missing = plan.objects.filter((object) => !objects.includes(object)).map(({ kind }) => kind)
  const fidelity = plan.fidelity.filter((row) => row.objects.every(({ kind }) => !missing.includes(kind)))
  const findings = components.flatMap((component) => leftOut(plan, component, region))
  return { ...plan, objects, fidelity, findings: [...plan.findings, ...findings] }
}

function belongsTo(object: PlatformObject, components: readonly ComponentName[]): boolean {
  return isCustom(object) && kindsUsed([object]).some(({ component }) => components.includes(component.name))
}

/** What is said about objects that were left out on purpose; nothing where a component has none here. */
function leftOut(plan: SystemPlan, component: ComponentName, region: string): Finding[] {
  const objects = plan.objects.filter((object) => belongsTo(object, [component]))
  if (objects.length === 0) return []
  const counts = [...Map.groupBy(objects, ({ kind }) => kind)]
  const told = counts.map(([kind, { length }]) => (length === 1 ? kind : `${length} ${kind}`))
  return [
    {
      id: 'component-left-out',
      severity: 'warning',
      path: `regions.${region}`,
      message: `without ${component}: ${told.join(', ')} of ${plan.name} left out, and nothing else does what they do`,
      hint: `install it and leave --without ${component} away`,
    },
  ]
}
