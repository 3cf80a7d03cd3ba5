import type { Clash, LintRule } from '../rule.ts'

export const failover001: LintRule = {
  id: 'IV-FAILOVER-001',
  severity: 'error',
  title: 'Every region that serves has somewhere to fail over to, and may take its data there.',
  document:
    'Multi-Region Architecture: EU-West is active with a primary database of its own, has no standby and no failover target. Where its data may go is not stated.',
  resolution:
    'regions.eu-west.failoverTo is us-east, and residency is `any` everywhere, as an assumption: where a law keeps data in a region, name the same residency only for regions inside it.',
  why: 'Recovery Objectives promise 15 min for the loss of any region, and one of the three has no way to keep it.',
  formula:
    'regions.*.failoverTo and residency are set; both ends of a failover have the same residency, or `any`',
  fix: 'name failoverTo and residency',
  check({ regions }) {
    const names = Object.keys(regions)
    if (names.length < 2) return []
    return Object.entries(regions).flatMap(([name, region]): Clash[] => {
      const at = `regions.${name}`
      const serves = region.role === 'primary' || region.role === 'active'
      const target = region.failoverTo === undefined ? undefined : regions[region.failoverTo]
      const here = region.residency
      const there = target?.residency
      const crosses = here !== undefined && there !== undefined && here !== 'any' && here !== there
      return [
        ...(serves && !target
          ? [missing(`${at}.failoverTo`, `targets 0 < 1: ${name} has nowhere to go`)]
          : []),
        ...(here === undefined
          ? [missing(`${at}.residency`, `residencies 0 < 1: where may data of ${name} go?`)]
          : []),
        ...(crosses ? [crossing(`${at}.failoverTo`, here, there)] : []),
      ]
    })
  },
}

function missing(path: string, message: string): Clash {
  return { path, message, actual: 'not stated', limit: 'one' }
}

function crossing(path: string, here: string, there: string): Clash {
  return {
    path,
    message: `${here} ≠ ${there}: data would leave where it must stay`,
    actual: there,
    limit: here,
  }
}
