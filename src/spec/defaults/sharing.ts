import { assumed, documented, resolved } from './sourced.ts'

export const affinity = documented('Sticky Session Configuration', {
  method: 'consistentHashing',
  key: 'sessionId',
  ringSlots: resolved('IV-RING-001', 'Sticky Session Configuration: ring_size 1024', 65_537),
  virtualNodesPerServer: 150,
  maxSessionsPerServer: assumed(
    '3 × 80 / 2, what two of three servers hold, see: iv lint explain IV-AFFINITY-001',
    120,
  ),
  whenFull: assumed('an interview elsewhere is better than none', 'spill'),
  serversFrom: assumed('nothing is asked during an interview, see: iv lint explain IV-BUDGET-003', 'watch'),
  failover: {
    enabled: true,
    healthCheckInterval: '5s',
    unhealthyAfterChecks: 3,
    healthyAfterChecks: 2,
    drainTimeout: '30s',
    sessionDrainTimeout: assumed('the longest session (2h), see: iv lint explain IV-DRAIN-001', '2h'),
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
    evictable: assumed('only LOW is a victim, see: iv lint explain IV-PRIORITY-001', name === 'LOW'),
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
  nodeInterviews: assumed('Year 2 and 3 of the growth table imply it (5,000 / 200); not measured yet', 25),
  partition: {
    realTimeGpus: 2,
    mixedGpus: 1,
    batchGpus: 1,
    lendOnRegionLoss: assumed('batch work waits meanwhile, see: iv lint explain IV-GPU-002', true),
  },
})
