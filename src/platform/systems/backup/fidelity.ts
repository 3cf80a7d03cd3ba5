import type { Fidelity } from '../system-plan.ts'

const storage = { kind: 'ConfigMap', name: 'object-storage' }
const database = { kind: 'ScheduledBackup', name: 'postgres' }
const table = 'Backup Strategy'

export function backupFidelity(hasVelero: boolean): Fidelity[] {
  const row = (name: string, reason: string, objects = [storage]): Fidelity => ({
    demand: `${table}: ${name}`,
    carried: 'exact',
    objects,
    reason,
  })
  return [
    row(
      'Session state, 7 days',
      'the database’s log is archived as it is written; keys of Redis end after 7 days',
      [database],
    ),
    row(
      'Transcripts, continuous, 4 years, multi-region',
      'versions, a copy in another region within 15 minutes, expiry after 1,461 days',
    ),
    row(
      'Recordings, 4 years, cross-region',
      'the same; segments are uploaded while the interview runs (IV-RECORDING-001)',
    ),
    row('Evaluations, continuous, 7 years, multi-region', 'the same, expiry after 2,557 days'),
    row(
      'Audit logs, continuous, 7 years, immutable',
      'object lock in compliance mode, which nobody can shorten',
    ),
    ...(hasVelero
      ? [
          row(
            'Configuration, hourly, 30 days, multi-region',
            'Velero at every full hour, kept 720 hours; Git stays the source',
            [{ kind: 'Schedule', name: 'configuration' }],
          ),
        ]
      : []),
  ]
}
