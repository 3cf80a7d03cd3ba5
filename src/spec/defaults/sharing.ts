import { assumed, documented } from './sourced.ts'

export const affinity = documented('Sticky Session Configuration', {
  method: 'consistentHashing',
  key: 'sessionId',
  ringSlots: 1024,
  virtualNodesPerServer: 150,
  failover: {
    enabled: true,
    healthCheckInterval: '5s',
    unhealthyAfterChecks: 3,
    healthyAfterChecks: 2,
    drainTimeout: '30s',
  },
})

export const sessions = {
  maxDuration: assumed('interviews last tens of minutes; two hours leave room', '2h'),
  shutdownMargin: assumed('300 s to say goodbye and to finish the recording', '5m'),
}

function priority(
  name: string,
  values: { useCase: string; maxWait: string; preemption: boolean },
  rank: number,
) {
  return documented(`Priority Levels: ${name}`, {
    ...values,
    classValue: assumed('only the order matters; below what Kubernetes keeps for itself', rank),
  })
}

export const priorities = {
  CRITICAL: priority(
    'CRITICAL',
    { useCase: 'Active interview response', maxWait: '100ms', preemption: true },
    1_000_000,
  ),
  HIGH: priority(
    'HIGH',
    { useCase: 'Interview question generation', maxWait: '500ms', preemption: false },
    100_000,
  ),
  MEDIUM: priority(
    'MEDIUM',
    { useCase: 'Post-interview evaluation', maxWait: '5s', preemption: false },
    10_000,
  ),
  LOW: priority('LOW', { useCase: 'Batch analytics, training', maxWait: '30s', preemption: false }, 1000),
}

export const gpu = documented('GPU Pool Management', {
  requests: {
    'active-response': documented('Priority Levels: CRITICAL', 'CRITICAL'),
    'question-generation': 'HIGH',
    'follow-up-generation': 'HIGH',
    'evaluation-scoring': 'MEDIUM',
    'batch-evaluation': 'LOW',
  },
  partition: { realTimeGpus: 2, mixedGpus: 1, batchGpus: 1 },
})
