import { time } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

const periodsMs: Readonly<Record<string, number>> = { hourly: 3_600_000, daily: 86_400_000 }

export const backup001: LintRule = {
  id: 'IV-BACKUP-001',
  severity: 'error',
  title: 'Everything is saved at least as often as a complete outage may lose it.',
  document:
    'Backup Strategy: configuration is saved hourly. Recovery Objectives: complete outage, RPO 5 min.',
  resolution:
    'backups.configuration.frequency is continuous: every commit of the specification is its own backup, in version control.',
  why: 'The last change before an outage can be 60 min old and unsaved.',
  formula: 'period of backups.*.frequency ≤ disasterRecovery.outage.rpo',
  fix: 'keep the specification in version control and say so (frequency: continuous), or save more often',
  check({ backups, disasterRecovery }) {
    const { rpo } = disasterRecovery.outage
    return Object.entries(backups).flatMap(([name, { frequency }]) => {
      const periodMs = periodsMs[frequency] ?? 0
      if (periodMs <= rpo.ms) return []
      return [
        {
          path: `backups.${name}.frequency`,
          message: `${time(periodMs)} > ${rpo.toString()}: ${name} saved ${frequency} can lose more than an outage may`,
          actual: time(periodMs),
          limit: rpo.toString(),
        },
      ]
    })
  },
}
