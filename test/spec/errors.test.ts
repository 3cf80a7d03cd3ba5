import { describe, expect, it } from 'vitest'
import { refused } from './support.ts'

interface Case {
  name: string
  text: string
  id: string
  place: string
  path: string
  message: string
  hint?: string
}

const cases: readonly Case[] = [
  {
    name: 'a typo in a key',
    text: 'pools:\n  sfu:\n    instances:\n      minimun: 4\n',
    id: 'IV-SPEC-001',
    place: 'iv.yaml:4:7',
    path: 'pools.sfu.instances.minimun',
    message: 'unknown key "minimun" in pools.sfu.instances',
    hint: 'did you mean minimum?',
  },
  {
    name: 'a typo in a top-level key',
    text: 'name: x\nregoins: {}\n',
    id: 'IV-SPEC-001',
    place: 'iv.yaml:2:1',
    path: 'regoins',
    message: 'unknown key "regoins"',
    hint: 'did you mean regions?',
  },
  {
    name: 'a key that resembles nothing',
    text: 'pools:\n  api: { instances: { xyzzyplugh: 4 } }\n',
    id: 'IV-SPEC-001',
    place: 'iv.yaml:2:23',
    path: 'pools.api.instances.xyzzyplugh',
    message: 'unknown key "xyzzyplugh" in pools.api.instances',
    hint: 'there is: minimum, maximum',
  },
  {
    name: 'a negative minimum',
    text: 'pools:\n  sfu:\n    instances: { minimum: -1 }\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:3:27',
    path: 'pools.sfu.instances.minimum',
    message: 'pools.sfu.instances.minimum cannot be -1: it takes more than 0',
  },
  {
    name: 'half an instance',
    text: 'pools: { sfu: { instances: { minimum: 2.5 } } }\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:1:39',
    path: 'pools.sfu.instances.minimum',
    message: 'pools.sfu.instances.minimum cannot be 2.5: it takes a whole number',
  },
  {
    name: 'an unknown node shape',
    text: 'pools:\n  llm:\n    nodeShape: gpu8\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:3:16',
    path: 'pools.llm.nodeShape',
    message:
      'pools.llm.nodeShape cannot be "gpu8": it takes media or speech or gpu-8 or evaluation or general',
    hint: 'did you mean gpu-8?',
  },
  {
    name: 'a duration without a unit',
    text: 'timeouts:\n  llm: "5"\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:2:8',
    path: 'timeouts.llm',
    message: 'timeouts.llm cannot be "5": it takes a duration such as 500ms, 90s, 15m, 4h or 30d',
  },
  {
    name: 'a quantity with a unit that Kubernetes does not have',
    text: 'pools:\n  api: { resources: { memory: 1GB } }\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:2:31',
    path: 'pools.api.resources.memory',
    message:
      'pools.api.resources.memory cannot be "1GB": it takes a Kubernetes quantity such as 500m, 2 or 16Gi',
  },
  {
    name: 'a version that YAML reads as a number',
    text: 'regions:\n  us-east:\n    kubernetesVersion: 1.35\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:3:24',
    path: 'regions.us-east.kubernetesVersion',
    message: 'regions.us-east.kubernetesVersion cannot be 1.35: it takes a text',
    hint: 'write it in quotes: "1.35"',
  },
  {
    name: 'a name that Kubernetes would not take',
    text: 'regions:\n  US_East: { role: active }\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:2:3',
    path: 'regions.US_East',
    message: 'regions.US_East cannot be a name: it takes lower-case letters, digits and dashes, at most 40',
  },
  {
    name: 'another version of the format',
    text: 'apiVersion: iv/v2\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:1:13',
    path: 'apiVersion',
    message: 'apiVersion cannot be "iv/v2": it takes iv/v1',
    hint: 'did you mean iv/v1?',
  },
  {
    name: 'a new region without a role',
    text: 'regions:\n  ap-south: {}\n',
    id: 'IV-SPEC-003',
    place: 'iv.yaml:2:13',
    path: 'regions.ap-south.role',
    message: 'regions.ap-south.role is missing: it takes primary or standby or active or edge or dr',
  },
  {
    name: 'a section that was left empty',
    text: 'name: x\npools:\n',
    id: 'IV-SPEC-004',
    place: 'iv.yaml:2:7',
    path: 'pools',
    message: 'pools has no value',
    hint: 'give it one, or leave the key out to keep the default',
  },
  {
    name: 'a region name with a slip in it',
    text: 'regions:\n  us-eatt: { role: active }\n',
    id: 'IV-SPEC-005',
    place: 'iv.yaml:2:3',
    path: 'regions.us-eatt',
    message: 'regions.us-eatt would be a new entry beside the default us-east',
    hint: 'did you mean us-east? if not, remove the default with us-east: null',
  },
  {
    name: 'a minimum above the maximum',
    text: 'pools:\n  sfu:\n    instances:\n      minimum: 31\n',
    id: 'IV-POOL-001',
    place: 'iv.yaml:4:16',
    path: 'pools.sfu.instances.minimum',
    message: 'minimum 31 is above maximum 30',
  },
  {
    name: 'a maximum below the minimum, blamed on what was written',
    text: 'pools:\n  sfu:\n    instances:\n      maximum: 2\n',
    id: 'IV-POOL-001',
    place: 'iv.yaml:4:7',
    path: 'pools.sfu.instances.minimum',
    message: 'minimum 3 is above maximum 2',
  },
  {
    name: 'a scale-in that is not below the scale-out',
    text: 'pools: { api: { trigger: { scaleIn: 70 } } }\n',
    id: 'IV-POOL-002',
    place: 'iv.yaml:1:37',
    path: 'pools.api.trigger.scaleIn',
    message: 'scale-in at 70 is not below scale-out at 70',
    hint: 'the pool would grow and shrink in turn',
  },
  {
    name: 'an instance that fits on no node of its shape',
    text: 'pools: { asr: { resources: { gpus: 1 } } }\n',
    id: 'IV-POOL-003',
    place: 'iv.yaml:1:36',
    path: 'pools.asr.resources.gpus',
    message: 'gpus 1 does not fit on a speech node',
  },
  {
    name: 'a disruption that may take the whole pool',
    text: 'pools: { llm: { maxUnavailable: 2 } }\n',
    id: 'IV-POOL-004',
    place: 'iv.yaml:1:33',
    path: 'pools.llm.maxUnavailable',
    message: '2 unavailable at once would empty a pool of 2',
  },
  {
    name: 'a trigger on what nothing measures',
    text: 'pools: { asr: { trigger: { metric: gpuUtilization } } }\n',
    id: 'IV-POOL-005',
    place: 'iv.yaml:1:36',
    path: 'pools.asr.trigger.metric',
    message: 'nothing measures gpuUtilization of asr',
  },
  {
    name: 'a queue per instance where a formula has to make the band',
    text: 'regions: { us-east: { kubernetesVersion: "1.34" } }\npools: { asr: { trigger: { scope: perReplica } } }\n',
    id: 'IV-POOL-006',
    place: 'iv.yaml:2:35',
    path: 'pools.asr.trigger.scope',
    message: 'a value per instance needs Kubernetes 1.35, and region us-east has 1.34',
  },
  {
    name: 'a failover to a region that there is not',
    text: 'regions:\n  eu-west:\n    failoverTo: eu-wset\n',
    id: 'IV-REGION-001',
    place: 'iv.yaml:3:17',
    path: 'regions.eu-west.failoverTo',
    message: 'regions.eu-west.failoverTo names the region "eu-wset", which there is not',
    hint: 'did you mean eu-west?',
  },
  {
    name: 'a replication from a region that there is not',
    text: 'regions:\n  eu-west:\n    replication: { from: mars }\n',
    id: 'IV-REGION-001',
    place: 'iv.yaml:3:26',
    path: 'regions.eu-west.replication.from',
    message: 'regions.eu-west.replication.from names the region "mars", which there is not',
    hint: 'there is: us-east, us-west, eu-west',
  },
  {
    name: 'a region that fails over to itself',
    text: 'regions: { eu-west: { failoverTo: eu-west } }\n',
    id: 'IV-REGION-002',
    place: 'iv.yaml:1:35',
    path: 'regions.eu-west.failoverTo',
    message: 'regions.eu-west.failoverTo names eu-west itself',
  },
  {
    name: 'a standby of nothing',
    text: 'regions: { us-west: { replication: null } }\n',
    id: 'IV-REGION-003',
    place: 'iv.yaml:1:36',
    path: 'regions.us-west.replication',
    message: 'standby us-west replicates from no region',
    hint: 'set regions.us-west.replication.from and .mode',
  },
  {
    name: 'a zone that is named twice',
    text: 'regions: { us-west: { zones: [a, b, a] } }\n',
    id: 'IV-REGION-004',
    place: 'iv.yaml:1:30',
    path: 'regions.us-west.zones',
    message: 'regions.us-west.zones names a zone twice',
  },
  {
    name: 'no region left',
    text: 'regions: { us-east: null, us-west: null, eu-west: null }\n',
    id: 'IV-REGION-005',
    place: 'iv.yaml:1:10',
    path: 'regions',
    message: 'every region was removed: at least one is needed',
  },
  {
    name: 'a region called all',
    text: 'regions:\n  all: { role: active }\n',
    id: 'IV-REGION-006',
    place: 'iv.yaml:2:8',
    path: 'regions.all',
    message: 'a region cannot be called all: the name means something else',
  },
  {
    name: 'a retry that begins with more than its longest wait',
    text: 'retries: { default: { initialDelay: 10s } }\n',
    id: 'IV-RETRY-001',
    place: 'iv.yaml:1:37',
    path: 'retries.default.initialDelay',
    message: 'retries.default.initialDelay 10s is above maxDelay 5s',
  },
  {
    name: 'a breaker that closes after another number of successes than it lets requests through',
    text: 'circuitBreakers: { llm-api: { closesAfterSuccesses: 3 } }\n',
    id: 'IV-BREAKER-004',
    place: 'iv.yaml:1:53',
    path: 'circuitBreakers.llm-api.closesAfterSuccesses',
    message:
      'circuitBreakers.llm-api.closesAfterSuccesses 3 is not halfOpenRequests 2: a half-open breaker closes when all of its test requests have succeeded',
  },
  {
    name: 'a saving whose least is more than its most',
    text: 'costStrategies: { gpu-sharing: { lowestPercent: 40 } }\n',
    id: 'IV-COST-001',
    place: 'iv.yaml:1:49',
    path: 'costStrategies.gpu-sharing.lowestPercent',
    message: 'costStrategies.gpu-sharing.lowestPercent 40 is above highestPercent 30',
  },
  {
    name: 'a milestone that is due before it begins',
    text: 'milestones: { global-edge: { from: 2026-07 } }\n',
    id: 'IV-MILESTONE-001',
    place: 'iv.yaml:1:36',
    path: 'milestones.global-edge.from',
    message: 'milestones.global-edge.from 2026-07 is above until 2026-06',
  },
  {
    name: 'a recovery step before the one it follows',
    text: 'recovery: { timeline: { serverAssigned: 4s } }\n',
    id: 'IV-RECOVERY-001',
    place: 'iv.yaml:1:23',
    path: 'recovery.timeline.reconnectionInitiated',
    message: 'recovery.timeline.reconnectionInitiated 5s is above timeline.serverAssigned 4s',
  },
  {
    name: 'a load step that ends before it starts',
    text: 'scenarios: { peak-load-1000: { ramp: [{ from: 2m, until: 1m, startInterviews: 0, endInterviews: 5 }] } }\n',
    id: 'IV-SCENARIO-001',
    place: 'iv.yaml:1:47',
    path: 'scenarios.peak-load-1000.ramp.0.from',
    message: 'scenarios.peak-load-1000.ramp.0.from 2m is above until 1m',
  },
  {
    name: 'a mistake in an environment that was not asked for',
    text: 'environments:\n  production:\n    pools: { api: { prot: 80 } }\n',
    id: 'IV-SPEC-001',
    place: 'iv.yaml:3:21',
    path: 'environments.production.pools.api.prot',
    message: 'unknown key "prot" in environments.production.pools.api',
    hint: 'did you mean port?',
  },
  {
    name: 'a sandbox that would reach elsewhere',
    text: 'environments:\n  local:\n    regions:\n      us-east: { context: prod }\n',
    id: 'IV-ENV-003',
    place: 'iv.yaml:4:18',
    path: 'environments.local.regions.us-east.context',
    message: 'environments.local.regions.us-east.context cannot be set: local reaches only the sandbox',
    hint: 'give the clusters an environment of their own',
  },
  {
    name: 'something that is no specification at all',
    text: 'hello\n',
    id: 'IV-SPEC-002',
    place: 'iv.yaml:1:1',
    path: '',
    message: 'a specification cannot be "hello": it takes a map of keys',
  },
]

describe('one mistake is one error, with its place', () => {
  it.each(cases)('$name', async ({ text, id, place, path, message, hint }) => {
    const failure = await refused(text)
    expect(failure.code).toBe('USAGE')
    expect(failure.findings).toHaveLength(1)
    expect(failure.findings[0]).toMatchObject({
      severity: 'error',
      id,
      place,
      path,
      message,
      ...(hint === undefined ? {} : { hint }),
    })
    expect(failure.message).toBe(`${place}: ${message}`)
  })
})

describe('several mistakes', () => {
  it('are reported together, in the order of the text', async () => {
    const failure = await refused('timeouts: { asr: soon }\nnmae: x\npools: { sfu: { port: 0 } }\n')
    expect(failure.findings.map(({ place }) => place)).toEqual([
      'iv.yaml:1:18',
      'iv.yaml:2:1',
      'iv.yaml:3:23',
    ])
    expect(failure.message).toMatch(/^iv\.yaml:1:18: .*, and 2 more$/)
  })

  it('of which nobody would read all are counted', async () => {
    const failure = await refused(Array.from({ length: 300 }, (_, index) => `k${index}: 1`).join('\n'))
    expect(failure.findings).toHaveLength(101)
    expect(failure.findings.at(-1)?.message).toBe('200 more errors are not shown')
  })
})
