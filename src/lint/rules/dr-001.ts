import type { LintRule } from '../rule.ts'

export const dr001: LintRule = {
  id: 'IV-DR-001',
  severity: 'error',
  title: 'A site that is activated after a complete outage exists.',
  document:
    'Recovery Objectives: complete outage, RTO 1 h, RPO 5 min, DR site activation. Multi-Region Architecture names three regions and no such site.',
  resolution:
    'disasterRecovery.outage.strategy is rebuildFromBackups: the platform is deployed again from version control and from backups that several regions hold.',
  why: 'All three regions of the document serve, so a complete outage takes every one of them.',
  formula: 'disasterRecovery.outage.strategy drSiteActivation ⇒ some region has the role dr',
  fix: 'add a region with the role dr, or set the strategy to rebuildFromBackups',
  check({ regions, disasterRecovery: { outage } }) {
    const sites = Object.values(regions).filter(({ role }) => role === 'dr').length
    if (outage.strategy !== 'drSiteActivation' || sites > 0) return []
    const promise = `RTO ${outage.rto.toString()}, RPO ${outage.rpo.toString()}`
    return [
      {
        path: 'disasterRecovery.outage.strategy',
        message: `DR sites 0 < 1: nothing can keep ${promise}`,
        actual: '0 of ' + Object.keys(regions).length + ' regions',
        limit: 'at least 1',
      },
    ]
  },
}
