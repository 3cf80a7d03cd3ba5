import { documented } from './sourced.ts'

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
    strategy: 'drSiteActivation',
  }),
}

export const recovery = documented('Session Recovery Protocol', {
  failedHealthChecks: 3,
  timeline: {
    failureDetected: '0s',
    reconnectionInitiated: '5s',
    serverAssigned: '10s',
    stateRestored: '15s',
    recordingResumed: '20s',
    interviewContinues: '25s',
  },
  offerRescheduleAfter: '60s',
})

/** Years are written in days and include every leap day that can fall into them, so that nothing goes early. */
const fourYears = '1461d'
const sevenYears = '2557d'

function backup(row: string, values: { frequency: string; retention: string; location: string }) {
  return documented(`Backup Strategy: ${row}`, values)
}

export const backups = {
  'session-state': backup('Session state', { frequency: 'realTime', retention: '7d', location: 'multiZone' }),
  transcripts: backup('Transcripts', {
    frequency: 'continuous',
    retention: fourYears,
    location: 'multiRegion',
  }),
  recordings: backup('Recordings', {
    frequency: 'onCompletion',
    retention: fourYears,
    location: 'crossRegion',
  }),
  evaluations: backup('Evaluations', {
    frequency: 'continuous',
    retention: sevenYears,
    location: 'multiRegion',
  }),
  configuration: backup('Configuration', { frequency: 'hourly', retention: '30d', location: 'multiRegion' }),
  'audit-logs': backup('Audit logs', {
    frequency: 'continuous',
    retention: sevenYears,
    location: 'immutable',
  }),
}
