import { describe, expect, it } from 'vitest'
import { sandboxContext } from '../../src/sandbox/places.ts'
import { load, production, refused } from './support.ts'

describe('local', () => {
  it('reaches only the sandbox, whatever the file says', async () => {
    const text = `
state: { backend: s3://shared }
regions:
  us-east: { context: prod-us-east }
  ap-south: { role: edge, context: prod-ap-south }
`
    const { specification } = await load(text)
    expect(specification.state.backend).toBe('file://.iv/state')
    expect(Object.entries(specification.regions).map(([name, { context }]) => [name, context])).toEqual(
      ['us-east', 'us-west', 'eu-west', 'ap-south'].map((name) => [name, sandboxContext(name)]),
    )
  })

  it('has images, a domain and buckets of its own, unless the file names some', async () => {
    const { specification } = await load('pools: { sfu: { image: registry.example.com/sfu:1 } }\n')
    expect(specification.pools.sfu.image).toBe('registry.example.com/sfu:1')
    expect(specification.pools.asr.image).toBe('iv.local/asr:simulated')
    expect(specification.workloads['session-router'].image).toBe('iv.local/session-router:simulated')
    expect(specification.domain).toBe('interview.localhost')
    expect(specification.buckets.recordings).toBe('iv-local-recordings')
  })

  it('may be overlaid like any other', async () => {
    const platform = await load(
      'environments: { local: { pools: { api: { instances: { minimum: 4 } } } } }\n',
    )
    expect(platform.specification.pools.api.instances).toEqual({ minimum: 4, maximum: 30 })
  })
})

describe('every other environment', () => {
  it('names contexts, state, images, domain and buckets: all that is missing is listed at once', async () => {
    const { code, findings } = await refused('environments:\n  production: {}\n', {
      environment: 'production',
    })
    expect(code).toBe('USAGE')
    expect(findings.every(({ id, place }) => id === 'IV-ENV-001' && place === 'iv.yaml:2:3')).toBe(true)
    const prefix = 'environments.production.'
    expect(new Set(findings.map(({ path }) => path?.slice(prefix.length)))).toEqual(
      new Set([
        'buckets.audit-logs',
        'buckets.configuration',
        'buckets.evaluations',
        'buckets.recordings',
        'buckets.transcripts',
        'domain',
        'pools.api.image',
        'pools.asr.image',
        'pools.evaluation.image',
        'pools.llm.image',
        'pools.sfu.image',
        'pools.tts.image',
        'regions.eu-west.context',
        'regions.us-east.context',
        'regions.us-west.context',
        'state.backend',
        'workloads.batch.image',
        'workloads.conductor.image',
        'workloads.fallback-speech.image',
        'workloads.notification.image',
        'workloads.recording.image',
        'workloads.session-router.image',
      ]),
    )
  })

  it('is complete with exactly those', async () => {
    const platform = await load(production, { environment: 'production' })
    expect(platform.environment).toBe('production')
    expect(platform.specification.regions['us-east']?.context).toBe('prod-us-east')
    expect(platform.specification.pools.sfu.instances.minimum).toBe(3)
  })

  it.each([
    ['state.backend', '    state: { backend: s3://example-state }\n'],
    ['domain', '    domain: interview.example.com\n'],
    ['regions.us-west.context', '      us-west: { context: prod-us-west }\n'],
    ['pools.llm.image', '      llm: { image: registry.example.com/llm:1 }\n'],
    ['buckets.audit-logs', '      audit-logs: example-audit-logs\n'],
  ])('does without nothing: %s', async (path, line) => {
    const { findings } = await refused(production.replace(line, ''), { environment: 'production' })
    expect(findings.map((finding) => finding.path)).toEqual([`environments.production.${path}`])
  })

  it('may take from the file what all of them share', async () => {
    const shared = production.replace('    domain: interview.example.com\n', '')
    const platform = await load(`domain: shared.example.com\n${shared}`, { environment: 'production' })
    expect(platform.specification.domain).toBe('shared.example.com')
  })

  it('needs no context for a region that it removes, nor for what spoke of that region', async () => {
    const text = production.replace('us-west: { context: prod-us-west }', 'us-west: null')
    const { specification } = await load(text, { environment: 'production' })
    expect(Object.keys(specification.regions)).toEqual(['us-east', 'eu-west'])
    expect(specification.regions['us-east']?.failoverTo).toBeUndefined()
    expect(Object.keys(specification.scenarios)).not.toContain('region-failover')
  })

  it('keeps what was written about a removed region, as an error', async () => {
    const text = `regions: { eu-west: { failoverTo: us-west } }\n${production}`
    const removed = text.replace('us-west: { context: prod-us-west }', 'us-west: null')
    const { findings } = await refused(removed, { environment: 'production' })
    expect(findings).toMatchObject([{ id: 'IV-REGION-001', path: 'regions.eu-west.failoverTo' }])
  })

  it('does not keep its state in files unless that is meant', async () => {
    const text = production.replace('s3://example-state', 'file:///srv/state')
    const { code, findings } = await refused(text, { environment: 'production' })
    expect(code).toBe('USAGE')
    expect(findings).toMatchObject([{ id: 'IV-ENV-002', place: 'iv.yaml:4:23', actual: 'file:///srv/state' }])
    const platform = await load(text, { environment: 'production', allowLocalState: true })
    expect(platform.specification.state.backend).toBe('file:///srv/state')
  })

  it('has one owner: delivery is pulumi unless it says gitops', async () => {
    const platform = await load(production, { environment: 'production' })
    expect(platform.specification.delivery).toBe('pulumi')
    const text = production.replace('    domain:', '    delivery: gitops\n    domain:')
    expect((await load(text, { environment: 'production' })).specification.delivery).toBe('gitops')
    const stateless = text.replace('    state: { backend: s3://example-state }\n', '')
    expect((await load(stateless, { environment: 'production' })).specification.state).toEqual({})
  })

  it('that does not exist is not found, with the nearest name', async () => {
    const failure = await refused(production, { environment: 'prodution' })
    expect(failure).toMatchObject({ code: 'NOT_FOUND', next: 'did you mean production?' })
    expect(failure.message).toContain('"prodution"')
  })
})
