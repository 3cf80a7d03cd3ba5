import { assumed, documented } from './sourced.ts'

interface WorkloadNumbers {
  place: string
  shape?: string
  minimum: number
  maximum: number
  priority: string
  resources: Record<string, unknown>
  port: number
  startup?: string
  grace: string
}

function workload(numbers: WorkloadNumbers) {
  return {
    nodeShape: assumed('needs no machine of its own', numbers.shape ?? 'general'),
    instances: assumed('the document names no minimum', {
      minimum: numbers.minimum,
      maximum: numbers.maximum,
    }),
    priority: documented(numbers.place, numbers.priority),
    resources: assumed('not measured yet', numbers.resources),
    port: assumed('the usual port of this kind of server', numbers.port),
    startup: assumed('not measured yet', numbers.startup ?? '5s'),
    terminationGrace: assumed('as long as the work in hand may take', numbers.grace),
  }
}

const small = { cpu: '500m', memory: '512Mi', gpus: 0 }

export const workloads = {
  conductor: workload({
    place: 'Priority Levels: CRITICAL, active interview response',
    minimum: 3,
    maximum: 30,
    priority: 'CRITICAL',
    resources: { cpu: '1', memory: '1Gi', gpus: 0 },
    port: 8090,
    grace: '125m',
  }),
  'session-router': workload({
    place: 'Session Recovery Protocol: the session router assigns a new SFU',
    minimum: 3,
    maximum: 9,
    priority: 'CRITICAL',
    resources: small,
    port: 8091,
    grace: '45s',
  }),
  recording: workload({
    place: 'Session Recovery Protocol: the recording service handles the gap',
    minimum: 3,
    maximum: 30,
    priority: 'CRITICAL',
    resources: { cpu: '2', memory: '2Gi', gpus: 0 },
    port: 8092,
    grace: '125m',
  }),
  'fallback-speech': workload({
    place: 'Component Failure Handling: fallback ASR',
    shape: 'speech',
    minimum: 2,
    maximum: 20,
    priority: 'CRITICAL',
    resources: { cpu: '2', memory: '4Gi', gpus: 0 },
    port: 8093,
    startup: '30s',
    grace: '60s',
  }),
  notification: workload({
    place: 'Scenario 3: Region Failover, user notification delivered',
    minimum: 2,
    maximum: 6,
    priority: 'HIGH',
    resources: small,
    port: 8094,
    grace: '45s',
  }),
  batch: workload({
    place: 'Priority Levels: LOW, batch analytics and training',
    shape: 'evaluation',
    minimum: 0,
    maximum: 10,
    priority: 'LOW',
    resources: { cpu: '2', memory: '4Gi', gpus: 0 },
    port: 8095,
    grace: '110s',
  }),
}
