import type { PlatformObject } from '../../kubernetes.ts'
import { workloadsOfRole } from '../../tiers.ts'
import { documentMap } from '../document.ts'
import type { SystemContext, SystemPlan } from '../system-plan.ts'
import { loadObjects } from './load.ts'
import { chaosWorkflow } from './workflow.ts'

/** The scenarios as data, for drills. What breaks things is rendered beside the region and never deployed with it. */
export function planChaos(context: SystemContext): SystemPlan | undefined {
  if (!workloadsOfRole(context.identity.role).includes('conductor')) return undefined
  const { scenarios } = context.platform.specification
  const object = { kind: 'ConfigMap', name: 'scenarios' }
  const rendered = 'rendered to the folder scenarios.d, apart from the region: whoever applies it means it'
  return {
    name: 'chaos',
    component: 'iv:system:Chaos',
    objects: [
      documentMap(context, 'chaos', {
        name: object.name,
        content: { apiVersion: 'iv.dev/v1', kind: 'Scenarios', scenarios },
      }),
    ],
    fidelity: [
      {
        demand: 'Scenario 1: Peak Load, ramp 200 / 500 / 1,000, hold, drain',
        carried: 'exact',
        objects: [object],
        reason: `a k6 TestRun with the ramp as stages, and media workers beside it, because k6 knows no WebRTC; ${rendered}`,
      },
      {
        demand: 'Scenario 2: Component Failure, T+5 50 %, T+10 all, T+12 restore',
        carried: 'approximated',
        objects: [object],
        reason: `a Chaos Mesh workflow: pods fail rather than die, and at T+10 the second choice may not begin with the first; ${rendered}`,
      },
      {
        demand: 'Scenario 3: Region Failover, all services unreachable',
        carried: 'approximated',
        objects: [object],
        reason: `a network partition of every pod; media servers on the host network need the firewall of their nodes; ${rendered}`,
      },
    ],
    findings: [],
  }
}

/** Objects of one scenario in one region. */
export interface ScenarioPlan {
  scenario: string
  objects: readonly PlatformObject[]
}

/** What runs the scenarios in a region that takes part in them. Nothing here may be part of a deploy. */
export function planScenarios(context: SystemContext): ScenarioPlan[] {
  const { identity, platform } = context
  if (!workloadsOfRole(identity.role).includes('conductor')) return []
  return Object.entries(platform.specification.scenarios)
    .filter(([, { regions }]) => regions.length === 0 || regions.includes(identity.region))
    .map(([scenario, description]) => {
      const workflow = chaosWorkflow(context, scenario, description)
      return {
        scenario,
        objects: [...loadObjects(context, scenario, description), ...(workflow ? [workflow] : [])],
      }
    })
}
