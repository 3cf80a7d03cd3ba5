import { describe, expect, test } from 'vitest'
import { planBackup } from '../../../src/platform/systems/backup/plan.ts'
import { planMultiRegion } from '../../../src/platform/systems/multi-region/plan.ts'
import { planObjectives } from '../../../src/platform/systems/objectives/plan.ts'
import { planRecovery } from '../../../src/platform/systems/recovery/plan.ts'
import { contextOf, objectOf, planOf, textOf } from './context.ts'
import { extraRegion } from '../example.ts'

interface Endpoint {
  dnsName: string
  recordTTL: number
  setIdentifier: string
  targets: string[]
  providerSpecific: { name: string; value: string }[]
}

function recordsOf(region: string): string[][] {
  const { endpoints } = objectOf(planOf(planMultiRegion, region), 'DNSEndpoint', 'sessions')['spec'] as {
    endpoints: Endpoint[]
  }
  return endpoints.map(({ dnsName, targets, providerSpecific }) => [
    dnsName.replace('.interview.localhost', ''),
    (targets[0] ?? '').replace('.interview.localhost', ''),
    providerSpecific.filter(({ name }) => /failover|geolocation/.test(name)).map(({ value }) => value)[0] ??
      '',
  ])
}

describe('Multi-Region Architecture', () => {
  test('GeoDNS: each continent to its pair, each pair to its first region and then to the one that takes over', () => {
    expect(recordsOf('us-east')).toEqual([
      ['pair-us-east', 'us-east', 'PRIMARY'],
      ['pair-eu-west', 'us-east', 'SECONDARY'],
      ['interview.localhost', 'pair-us-east', 'NA'],
      ['interview.localhost', 'pair-us-east', '*'],
    ])
    expect(recordsOf('us-west')).toEqual([['pair-us-east', 'us-west', 'SECONDARY']])
    expect(recordsOf('eu-west')).toEqual([
      ['pair-eu-west', 'eu-west', 'PRIMARY'],
      ['interview.localhost', 'pair-eu-west', 'EU'],
    ])
  })

  test('DNS failover within 60s: checks 10 s × 3, and the TTL of 10 s beside them', () => {
    const { endpoints } = objectOf(planOf(planMultiRegion, 'us-east'), 'DNSEndpoint', 'sessions')['spec'] as {
      endpoints: Endpoint[]
    }
    for (const { recordTTL } of endpoints) expect(10 * 3 + recordTTL).toBeLessThanOrEqual(60)
  })

  test('Sync Replication US-East to US-West: a commit waits for it and for one local standby', () => {
    const { spec } = objectOf(
      planOf(planMultiRegion, 'us-east'),
      'Cluster',
      'postgres-us-east',
    ) as unknown as {
      spec: { instances: number; postgresql: { synchronous: unknown } }
    }
    expect(spec.instances).toBe(3)
    expect(spec.postgresql.synchronous).toEqual({
      method: 'first',
      number: 2,
      dataDurability: 'required',
      standbyNamesPre: ['postgres-us-west'],
    })
    const standby = objectOf(planOf(planMultiRegion, 'us-west'), 'Cluster', 'postgres-us-west')
    expect(standby['spec']).toMatchObject({
      replica: { self: 'postgres-us-west', primary: 'postgres-us-east' },
    })
    // The name by which the primary waits for it is the one that it gives.
    expect(JSON.stringify(standby)).toContain('"application_name":"postgres-us-west"')
  })

  test('EU Primary DB, and beside it the asynchronous replica of US-East', () => {
    const plan = planOf(planMultiRegion, 'eu-west')
    expect(objectOf(plan, 'Cluster', 'postgres-eu-west')['spec']).toMatchObject({
      postgresql: { synchronous: { method: 'any', number: 1 } },
    })
    expect(objectOf(plan, 'Cluster', 'postgres-us-east-copy')['spec']).toMatchObject({
      replica: { enabled: true, source: 'postgres-us-east' },
    })
  })

  test('an edge region has media and no data', () => {
    expect(planMultiRegion(contextOf('brink', { regions: { brink: extraRegion('edge') } }))).toBeUndefined()
  })
})

interface Bucket {
  LifecycleConfiguration: { Rules: { Expiration: { Days: number } }[] }
  ObjectLockConfiguration?: { Rule: { DefaultRetention: { Mode: string; Days: number } } }
  ReplicationConfiguration: { Rules: { Destination: { ReplicationTime: { Time: { Minutes: number } } } }[] }
}

describe('Backup Strategy', () => {
  const plan = planOf(planBackup, 'us-east')
  const { buckets } = JSON.parse(textOf(plan, 'object-storage', 'object-storage.json')) as {
    buckets: Record<string, Bucket>
  }

  test.each([
    ['transcripts', 1461],
    ['recordings', 1461],
    ['evaluations', 2557],
    ['audit-logs', 2557],
  ])('%s are kept %d days and copied to another region', (name, days) => {
    expect(buckets[name]?.LifecycleConfiguration.Rules[0]?.Expiration.Days).toBe(days)
    expect(buckets[name]?.ReplicationConfiguration.Rules).toHaveLength(1)
  })

  test('Audit logs, and only they, are immutable for their 7 years', () => {
    const locked = Object.entries(buckets).filter(([, bucket]) => bucket.ObjectLockConfiguration)
    expect(
      locked.map(([name, bucket]) => [name, bucket.ObjectLockConfiguration?.Rule.DefaultRetention]),
    ).toEqual([['audit-logs', { Mode: 'COMPLIANCE', Days: 2557 }]])
  })

  test('Configuration: Hourly, 30 days', () => {
    expect(objectOf(plan, 'Schedule', 'configuration')['spec']).toMatchObject({
      schedule: '0 * * * *',
      template: { ttl: '720h0m0s', snapshotVolumes: false },
    })
  })

  test('Session state: 7 days, and the log of the database all the time', () => {
    const state = JSON.parse(
      textOf(planOf(planMultiRegion, 'us-east'), 'session-state', 'session-state.json'),
    ) as {
      redis: { ttlSeconds: number }
    }
    expect(state.redis.ttlSeconds).toBe(604_800)
    expect(objectOf(plan, 'ScheduledBackup', 'postgres')['spec']).toMatchObject({ method: 'plugin' })
  })
})

describe('Recovery Objectives', () => {
  test('30 s / 0, 2 min / 0, 15 min / 1 min, 1 h / 5 min as data, and the stricter ones of each link', () => {
    const text = textOf(planOf(planObjectives, 'us-west'), 'recovery-objectives', 'recovery-objectives.json')
    expect(JSON.parse(text)).toMatchObject({
      extents: {
        component: { rtoMs: 30_000, rpoMs: 0 },
        zone: { rtoMs: 120_000, rpoMs: 0 },
        region: { rtoMs: 900_000, rpoMs: 60_000 },
        outage: { rtoMs: 3_600_000, rpoMs: 300_000 },
      },
      links: [
        { from: 'us-east', to: 'us-west', mode: 'synchronous', rtoMs: 120_000, rpoMs: 0 },
        { from: 'us-east', to: 'eu-west', mode: 'asynchronous', rtoMs: 900_000, rpoMs: 60_000 },
      ],
      sessionMs: 60_000,
    })
  })

  test('what CRITICAL serves comes back first, LOW last', () => {
    const text = textOf(planOf(planObjectives, 'us-west'), 'recovery-objectives', 'recovery-objectives.json')
    const { priorities } = JSON.parse(text) as { priorities: { priority: string; restores: string[] }[] }
    expect(priorities.map(({ priority }) => priority)).toEqual(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'])
    expect(priorities[0]?.restores).toContain('conductor')
    expect(priorities[3]?.restores).toEqual(['batch'])
  })
})

describe('Session Recovery Protocol', () => {
  const text = textOf(planOf(planRecovery, 'us-east'), 'session-recovery', 'session-recovery.json')
  const document = JSON.parse(text) as { timelineMs: object; client: Record<string, unknown>; server: object }

  test('T+0 … T+25, and 60 seconds before a reschedule is offered', () => {
    expect(Object.values(document.timelineMs)).toEqual([0, 5000, 10_000, 15_000, 20_000, 25_000])
    expect(document.client['giveUp']).toEqual({ offerRescheduleAfterMs: 60_000, afterRegionLossMs: 120_000 })
  })

  test('the client knows the region that takes over, and starts by itself within 5 s', () => {
    expect(document.client['hosts']).toEqual(['us-east.interview.localhost', 'us-west.interview.localhost'])
    expect(document.client['watchdog']).toEqual({ sampleEveryMs: 200, silentForMs: 5000 })
    expect(document.server).toMatchObject({ interruptedAfterFailedChecks: 3, startedBy: 'client' })
  })
})
