import { bucketNames } from '../../../spec/schema/recovery.ts'
import type { Specification } from '../../../spec/schema/specification.ts'

/** Replication with a promised time: objects arrive within 15 minutes, and what does not is told. */
const replicationMinutes = 15

/**
 * What each bucket is set to, in the words of the S3 API: versions, copies in another region, when objects go, and the
 * lock of what must not. A lock in compliance mode can be taken back by nobody, so a bucket is made with it.
 */
export function objectStorage({ backups, buckets }: Specification) {
  return Object.fromEntries(
    bucketNames.flatMap((name) => {
      const bucket = buckets[name]
      return bucket === undefined ? [] : [[name, bucketSettings(bucket, backups[name])]]
    }),
  )
}

function bucketSettings(bucket: string, { retention, location }: Specification['backups']['transcripts']) {
  const days = Math.ceil(retention.seconds / 86_400)
  const isLocked = location === 'immutable'
  return {
    Bucket: bucket,
    VersioningConfiguration: { Status: 'Enabled' },
    ReplicationConfiguration: {
      Rules: [
        {
          ID: 'other-region',
          Status: 'Enabled',
          Priority: 1,
          Filter: {},
          DeleteMarkerReplication: { Status: 'Disabled' },
          Destination: {
            Bucket: `arn:aws:s3:::${bucket}-replica`,
            ReplicationTime: { Status: 'Enabled', Time: { Minutes: replicationMinutes } },
            Metrics: { Status: 'Enabled', EventThreshold: { Minutes: replicationMinutes } },
          },
        },
      ],
    },
    LifecycleConfiguration: {
      Rules: [
        {
          ID: 'retention',
          Status: 'Enabled',
          Filter: {},
          Expiration: { Days: days },
          NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
      ],
    },
    ...(isLocked
      ? {
          ObjectLockConfiguration: {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: days } },
          },
        }
      : {}),
  }
}
