import type { Specification } from '../../../spec/schema/specification.ts'
import { labels } from '../../../names.ts'
import { containerSecurity } from '../../rules/container-security.ts'
import { podSecurity } from '../../rules/pod-security.ts'
import { namespaceName, priorityClassName } from '../../names.ts'
import { tierOf } from '../../tiers.ts'
import { jsonDocument } from '../json.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'

type Scenario = Specification['scenarios'][string]

/** What one worker with real audio carries: some tens, so that it is never the worker that is measured. */
const interviewsPerWorker = 25
/** Runners of k6 share the virtual users between them. */
const virtualUsersPerRunner = 250

export interface Stage {
  /** As k6 writes it: `300s`. */
  duration: string
  target: number
}

/** The ramp as k6 and the media workers count it: each stage ends at its target. Constant load is one stage. */
export function stagesOf({ ramp, interviews, injections }: Scenario): Stage[] {
  if (ramp.length > 0) {
    return ramp.map(({ from, until, endInterviews }) => ({
      duration: `${(until.ms - from.ms) / 1000}s`,
      target: endInterviews,
    }))
  }
  const last = Math.max(0, ...injections.map(({ at }) => at.seconds))
  return [
    { duration: '60s', target: interviews },
    { duration: `${last + 600}s`, target: interviews },
  ]
}

/** Signalling and API by k6, media by workers that join as candidates do: k6 knows no WebRTC. */
export function loadObjects(context: SystemContext, name: string, scenario: Scenario) {
  const { identity, platform } = context
  const namespace = namespaceName(identity.platform, tierOf('conductor'))
  const metadata = (object: string) => systemMetadata(context, 'chaos', { name: object, namespace })
  const { load } = platform.specification.images
  const script = `${name}-load`
  const parallelism = Math.ceil(scenario.interviews / virtualUsersPerRunner)
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(script),
      data: { 'script.js': k6Script(context, scenario), 'stages.json': jsonDocument(stagesOf(scenario)) },
    },
    {
      apiVersion: 'k6.io/v1alpha1',
      kind: 'TestRun',
      metadata: metadata(name),
      spec: { parallelism, separate: false, script: { configMap: { name: script, file: 'script.js' } } },
    },
    ...(load === undefined ? [] : [mediaJob(context, { name, script, scenario, image: load })]),
  ]
}

interface MediaJob {
  name: string
  script: string
  scenario: Scenario
  image: string
}

/** One worker per share of the interviews; its index says which share. Suspended: it starts when somebody says so. */
function mediaJob(context: SystemContext, { name, script, scenario, image }: MediaJob) {
  const { identity } = context
  const namespace = namespaceName(identity.platform, tierOf('conductor'))
  const workers = Math.ceil(scenario.interviews / interviewsPerWorker)
  const metadata = systemMetadata(context, 'chaos', { name: `${name}-media`, namespace })
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: {
      suspend: true,
      completionMode: 'Indexed',
      completions: workers,
      parallelism: workers,
      backoffLimit: 0,
      template: {
        metadata: { labels: { ...metadata.labels, [labels.pool]: 'load' } },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: priorityClassName(identity.platform, 'LOW'),
          securityContext: podSecurity,
          containers: [
            {
              name: 'candidates',
              image,
              env: [
                { name: 'IV_STAGES', value: '/etc/iv/load/stages.json' },
                { name: 'IV_SHARES', value: String(workers) },
              ],
              resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
              securityContext: containerSecurity,
              volumeMounts: [{ name: 'load', mountPath: '/etc/iv/load', readOnly: true }],
            },
          ],
          volumes: [{ name: 'load', configMap: { name: script } }],
        },
      },
    },
  }
}

/** The API and the signalling socket of one candidate, at the document's ramp; its criteria are thresholds. */
function k6Script({ platform }: SystemContext, scenario: Scenario): string {
  const domain = platform.specification.domain ?? 'localhost'
  const options = {
    scenarios: {
      interviews: {
        executor: 'ramping-vus',
        startVUs: 0,
        stages: stagesOf(scenario),
        gracefulRampDown: '30s',
      },
    },
    thresholds: { checks: ['rate>0.98'] },
  }
  return [
    "import http from 'k6/http'",
    "import ws from 'k6/ws'",
    "import { check, sleep } from 'k6'",
    '',
    `export const options = ${JSON.stringify(options, undefined, 2)}`,
    '',
    'export default function () {',
    '  const session = `load-${__VU}-${__ITER}`',
    `  const made = http.post('https://${domain}/api/interviews', JSON.stringify({ session }), { headers: { 'content-type': 'application/json' } })`,
    "  check(made, { 'interview is made': ({ status }) => status < 400 })",
    `  const socket = ws.connect('wss://${domain}/s/' + session + '/talk', {}, (open) => open.setTimeout(() => open.close(), 60000))`,
    "  check(socket, { 'signalling stands': ({ status }) => status === 101 })",
    '  sleep(1)',
    '}',
    '',
  ].join('\n')
}
