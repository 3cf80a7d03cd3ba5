import type { Specification } from '../../../spec/schema/specification.ts'

/**
 * What the Redis of a region is set to, and which keys a session has there. Each region has its own, and media servers
 * and conductors of no other use it. It is a cache: each complete exchange is committed to the database first, so that
 * a region that is lost takes no exchange with it.
 */
export function sessionStateSettings(specification: Specification) {
  const { backups, recovery } = specification
  return {
    apiVersion: 'iv.dev/v1',
    kind: 'SessionState',
    truth: recovery.stateFrom ?? 'redis',
    redis: {
      topology: { replicas: 3, sentinels: 3, quorum: 2, zones: 'one each' },
      settings: {
        appendonly: 'yes',
        appendfsync: 'everysec',
        'min-replicas-to-write': 1,
        'min-replicas-max-lag': 10,
        'maxmemory-policy': 'noeviction',
      },
      ttlSeconds: backups['session-state'].retention.secondsCeil,
      keys: {
        'session:{id}:conversation': 'complete exchanges, in order',
        'session:{id}:question': 'index of the current question',
        'session:{id}:transcript': 'partial transcript of the running answer',
        'session:{id}:segments': 'segments of the recording with their gaps',
      },
    },
  }
}
