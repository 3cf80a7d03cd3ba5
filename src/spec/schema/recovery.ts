import { z } from 'zod'
import { duration, positive } from './scalars.ts'

const objective = z.strictObject({
  rto: duration.describe('recovery time objective: service is back within this time'),
  rpo: duration.describe('recovery point objective: at most this much data is lost'),
  strategy: z
    .enum([
      'automaticFailover',
      'crossZoneReplication',
      'crossRegionFailover',
      'drSiteActivation',
      'rebuildFromBackups',
    ])
    .describe('how it is reached; drSiteActivation needs a region with the role dr'),
})

/** Objectives for each extent of a failure. */
export const disasterRecovery = z.strictObject({
  component: objective.describe('one component fails'),
  zone: objective.describe('one availability zone fails'),
  region: objective.describe('one region fails'),
  outage: objective.describe('complete outage'),
})

/** What a candidate whose SFU server crashes goes through. */
export const recovery = z.strictObject({
  failedHealthChecks: positive.describe('failed checks in a row that mark a session as interrupted'),
  startedBy: z
    .enum(['client', 'healthChecks'])
    .optional()
    .describe('who notices first and starts the recovery; healthChecks if left out'),
  clientNotices: duration.optional().describe('the client notices a lost connection within this time'),
  stateFrom: z
    .enum(['database', 'redis'])
    .optional()
    .describe('where the new server reads the session; redis if left out'),
  dnsTtl: duration.optional().describe('how long resolvers may keep an address of the platform'),
  timeline: z
    .strictObject({
      failureDetected: duration.describe('the failure is noticed'),
      reconnectionInitiated: duration.describe('the client begins to reconnect'),
      serverAssigned: duration.describe('the session router has assigned another SFU server'),
      stateRestored: duration.describe('that server has the state of the session'),
      recordingResumed: duration.describe('the recording goes on'),
      interviewContinues: duration.describe('the AI speaks again'),
    })
    .describe('when each step is done, from the failure on'),
  offerRescheduleAfter: duration.describe('longest recovery before a new slot is offered'),
  offerRescheduleAfterRegionLoss: duration
    .optional()
    .describe('the same while a whole region moves; offerRescheduleAfter if left out'),
})

const backup = z.strictObject({
  frequency: z
    .enum(['realTime', 'continuous', 'onCompletion', 'hourly', 'daily'])
    .describe('when it is saved'),
  retention: duration.describe('how long it is kept'),
  location: z.enum(['multiZone', 'multiRegion', 'crossRegion', 'immutable']).describe('where it is kept'),
})

export const backups = z.strictObject({
  'session-state': backup.describe('what a running session needs to go on'),
  transcripts: backup.describe('what was said'),
  recordings: backup.describe('audio and video'),
  evaluations: backup.describe('scores and their reasons'),
  configuration: backup.describe('this specification and what is made from it'),
  'audit-logs': backup.describe('who did what'),
})

/** Session state lives in Redis and needs no bucket. */
export const bucketNames = [
  'transcripts',
  'recordings',
  'evaluations',
  'configuration',
  'audit-logs',
] as const

const bucket = z.string().min(3).optional().describe('name of the bucket')

/** Object storage by data class; no default outside `local`. */
export const buckets = z.strictObject({
  transcripts: bucket,
  recordings: bucket,
  evaluations: bucket,
  configuration: bucket,
  'audit-logs': bucket,
})
