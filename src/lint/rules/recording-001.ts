import type { LintRule } from '../rule.ts'

export const recording001: LintRule = {
  id: 'IV-RECORDING-001',
  severity: 'error',
  title: 'A running interview never has more unsaved recording than a region may lose.',
  document:
    'Backup Strategy: recordings are saved on completion. Recovery Objectives: region failure, RPO 1 min.',
  resolution: 'backups.recordings.frequency is continuous: a recording is saved in segments while it grows.',
  why: 'Until it completes, the whole recording stands in one region: up to the longest interview, 2 h.',
  formula: 'backups.recordings.frequency onCompletion ⇒ sessions.maxDuration ≤ disasterRecovery.region.rpo',
  fix: 'save recordings in segments (backups.recordings.frequency: continuous)',
  check({ backups, sessions, disasterRecovery }) {
    const { rpo } = disasterRecovery.region
    if (backups.recordings.frequency !== 'onCompletion' || sessions.maxDuration.ms <= rpo.ms) return []
    return [
      {
        path: 'backups.recordings.frequency',
        message: `${sessions.maxDuration.toString()} > ${rpo.toString()}: a running interview can lose its entire recording`,
        actual: sessions.maxDuration.toString(),
        limit: rpo.toString(),
      },
    ]
  },
}
