import type { LintRule } from '../rule.ts'

export const state001: LintRule = {
  id: 'IV-STATE-001',
  severity: 'error',
  title: 'The region that takes over has the state of the sessions it takes over.',
  document:
    'Scenario 3: sessions resume in US-West. Backup Strategy: session state is kept Multi-AZ, that is inside its own region.',
  resolution: 'backups.session-state.location is multiRegion.',
  why: 'A copy in another zone is lost together with the region.',
  formula: 'some region has failoverTo ⇒ backups.session-state.location is not multiZone',
  fix: 'keep session state in several regions (backups.session-state.location: multiRegion)',
  check({ regions, backups }) {
    const pairs = Object.entries(regions).filter(([, { failoverTo }]) => failoverTo !== undefined)
    if (backups['session-state'].location !== 'multiZone' || pairs.length === 0) return []
    const names = pairs.map(([name, { failoverTo }]) => `${name} to ${failoverTo}`).join(', ')
    return [
      {
        path: 'backups.session-state.location',
        message: `copies outside the region 0 < 1 needed: no session can move (${names})`,
        actual: 'multiZone',
        limit: 'multiRegion or crossRegion',
      },
    ]
  },
}
