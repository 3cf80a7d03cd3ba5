import { assumed, documented, type Sourced } from './sourced.ts'

const table = 'Scaling Triggers and Thresholds'

interface PoolNumbers {
  row: string
  shape: string
  metric: string
  besides?: Sourced
  scope: 'pool' | 'perReplica'
  scaleOut: number
  scaleIn: number
  minimum: number
  maximum: number
  resources: Record<string, unknown>
  port: number
  startup: string
  grace: string | Sourced
}

function pool(numbers: PoolNumbers) {
  const { row, resources } = numbers
  return {
    nodeShape:
      numbers.shape === 'general'
        ? assumed('not in the scaling diagram: needs no machine of its own', numbers.shape)
        : documented('Horizontal Scaling by Component', numbers.shape),
    instances: {
      minimum: documented(`${table}: ${row}, Min Instances`, numbers.minimum),
      maximum: assumed('ten times the minimum, until a capacity plan says better', numbers.maximum),
    },
    trigger: {
      metric: documented(`${table}: ${row}, Metric`, numbers.metric),
      scope: scopeOf(numbers),
      scaleOut: documented(`${table}: ${row}, Scale-Out Trigger`, numbers.scaleOut),
      scaleIn: documented(`${table}: ${row}, Scale-In Trigger`, numbers.scaleIn),
      ...(numbers.besides ? { besides: numbers.besides } : {}),
    },
    resources: assumed('not measured yet; sized to its node shape', resources),
    port: assumed('the usual port of this kind of server', numbers.port),
    startup: assumed('not measured yet', numbers.startup),
    terminationGrace: assumed('as long as the work in hand may take', numbers.grace),
    maxUnavailable: assumed('one at a time, so that the minimum stays nearly whole', 1),
  }
}

function scopeOf({ row, metric, scope }: PoolNumbers) {
  if (metric === 'sessions') return documented(`${table}: ${row}, Sessions/server`, scope)
  return assumed(
    metric === 'queueDepth' ? 'one queue for the whole pool' : 'the average over the pool',
    scope,
  )
}

export const pools = {
  sfu: pool({
    row: 'SFU Servers',
    shape: 'media',
    metric: 'sessions',
    scope: 'perReplica',
    scaleOut: 80,
    scaleIn: 40,
    minimum: 3,
    maximum: 30,
    resources: { cpu: '6', memory: '12Gi', gpus: 0 },
    port: 7880,
    startup: '20s',
    grace: assumed('the longest session (2h) and a margin of 300 s', '125m'),
  }),
  asr: pool({
    row: 'ASR Workers',
    shape: 'speech',
    metric: 'queueDepth',
    scope: 'pool',
    scaleOut: 10,
    scaleIn: 3,
    minimum: 5,
    maximum: 50,
    resources: { cpu: '2', memory: '4Gi', gpus: 0 },
    port: 8081,
    startup: '30s',
    grace: '60s',
  }),
  tts: pool({
    row: 'TTS Workers',
    shape: 'speech',
    metric: 'queueDepth',
    scope: 'pool',
    scaleOut: 10,
    scaleIn: 3,
    minimum: 5,
    maximum: 50,
    resources: { cpu: '2', memory: '4Gi', gpus: 0 },
    port: 8082,
    startup: '30s',
    grace: '60s',
  }),
  llm: pool({
    row: 'LLM Inference',
    shape: 'gpu-8',
    metric: 'gpuUtilization',
    besides: assumed('the same band on waiting requests, see: iv lint explain IV-GPU-003', {
      metric: 'queueDepth',
      scaleOut: 15,
      scaleIn: 8,
    }),
    scope: 'pool',
    scaleOut: 75,
    scaleIn: 40,
    minimum: 2,
    maximum: 20,
    resources: {
      cpu: '80',
      memory: '900Gi',
      gpus: documented('Horizontal Scaling by Component: GPU Node, 8x A100', 8),
    },
    port: 8000,
    startup: '5m',
    grace: '120s',
  }),
  evaluation: pool({
    row: 'Eval Workers',
    shape: 'evaluation',
    metric: 'queueDepth',
    scope: 'pool',
    scaleOut: 50,
    scaleIn: 10,
    minimum: 3,
    maximum: 30,
    resources: { cpu: '2', memory: '4Gi', gpus: 0 },
    port: 8083,
    startup: '15s',
    grace: assumed('a spot machine is taken back two minutes after it is told', '110s'),
  }),
  api: pool({
    row: 'API Servers',
    shape: 'general',
    metric: 'cpuUtilization',
    scope: 'pool',
    scaleOut: 70,
    scaleIn: 30,
    minimum: 3,
    maximum: 30,
    resources: { cpu: '1', memory: '1Gi', cpuLimit: '2', gpus: 0 },
    port: 8080,
    startup: '5s',
    grace: '45s',
  }),
}

const size = 'a common size of cloud machine for this work'

export const nodeShapes = {
  media: {
    ...shape(size, { cpu: '8', memory: '16Gi' }),
    spare: assumed('one idle media node: sessions cannot wait for a machine', 1),
  },
  speech: shape(size, { cpu: '16', memory: '32Gi' }),
  'gpu-8': {
    ...shape('host of eight A100', { cpu: '96', memory: '1152Gi' }),
    gpus: documented('Horizontal Scaling by Component: GPU Node, 8x A100', 8),
    gpuModel: documented('Horizontal Scaling by Component: GPU Node, 8x A100', 'A100'),
    instanceTypes: assumed('the machines of AWS with eight A100', ['p4d.24xlarge', 'p4de.24xlarge']),
  },
  evaluation: shape(size, { cpu: '8', memory: '16Gi' }),
  general: shape(size, { cpu: '8', memory: '32Gi' }),
}

function shape(reason: string, capacity: { cpu: string; memory: string }) {
  return {
    cpu: assumed(reason, capacity.cpu),
    memory: assumed(reason, capacity.memory),
    gpus: documented('Horizontal Scaling by Component', 0),
    maxPods: assumed('the default of Kubernetes', 110),
    spare: assumed('no idle machine', 0),
  }
}
