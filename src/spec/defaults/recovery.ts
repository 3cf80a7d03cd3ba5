import { assumed, documented, resolved, type Sourced } from './sourced.ts'

const objectives = 'Recovery Objectives'

export const disasterRecovery = {
  component: documented(`${objectives}: Single component failure`, {
    rto: '30s',
    rpo: '0s',
    strategy: 'automaticFailover',
  }),
  zone: documented(`${objectives}: AZ failure`, { rto: '2m', rpo: '0s', strategy: 'crossZoneReplication' }),
  region: documented(`${objectives}: Region failure`, {
    rto: '15m',
    rpo: '1m',
    strategy: 'crossRegionFailover',
  }),
  outage: documented(`${objectives}: Complete outage`, {
    rto: '1h',
    rpo: '5m',
    strategy: resolved(
      'IV-DR-001',
      `${objectives}: Complete outage, DR site activation`,
      'rebuildFromBackups',
    ),
  }),
}

export const recovery = documented('Session Recovery Protocol', {
  failedHealthChecks: 3,
  startedBy: documented('Session Recovery Protocol: client detects disconnection', 'client'),
  clientNotices: assumed('browsers report a lost connection about 5 s after its last packet', '5s'),
  stateFrom: resolved(
    'IV-STATE-002',
    'Session Recovery Protocol: retrieves session state from Redis',
    'database',
  ),
  dnsTtl: assumed(
    '60 s less 15 s of checks and 2 s of writing leave 43 s, see: iv lint explain IV-DNS-001',
    '10s',
  ),
  timeline: {
    failureDetected: '0s',
    reconnectionInitiated: '5s',
    serverAssigned: '10s',
    stateRestored: '15s',
    recordingResumed: '20s',
    interviewContinues: '25s',
  },
  offerRescheduleAfter: '60s',
  offerRescheduleAfterRegionLoss: assumed(
    'as long as Scenario 3 allows sessions to resume, see: iv lint explain IV-RESCHEDULE-001',
    '2m',
  ),
})

/** Years are written in days and include every leap day that can fall into them, so that nothing goes early. */
const fourYears = '1461d'
const sevenYears = '2557d'

type Value = string | Sourced

function backup(row: string, values: { frequency: Value; retention: string; location: Value }) {
  return documented(`Backup Strategy: ${row}`, values)
}

export const backups = {
  'session-state': backup('Session state', {
    frequency: 'realTime',
    retention: '7d',
    location: resolved('IV-STATE-001', 'Backup Strategy: Session state, Multi-AZ', 'multiRegion'),
  }),
  transcripts: backup('Transcripts', {
    frequency: 'continuous',
    retention: fourYears,
    location: 'multiRegion',
  }),
  recordings: backup('Recordings', {
    frequency: resolved('IV-RECORDING-001', 'Backup Strategy: Recordings, On completion', 'continuous'),
    retention: fourYears,
    location: 'crossRegion',
  }),
  evaluations: backup('Evaluations', {
    frequency: 'continuous',
    retention: sevenYears,
    location: 'multiRegion',
  }),
  configuration: backup('Configuration', {
    frequency: resolved('IV-BACKUP-001', 'Backup Strategy: Configuration, Hourly', 'continuous'),
    retention: '30d',
    location: 'multiRegion',
  }),
  'audit-logs': backup('Audit logs', {
    frequency: 'continuous',
    retention: sevenYears,
    location: 'immutable',
  }),
}
