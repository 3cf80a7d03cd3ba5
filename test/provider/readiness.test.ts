import { describe, expect, test } from 'vitest'
import { summarise } from '../../src/provider/readiness/pods.ts'
import { verdictOf } from '../../src/provider/readiness/table.ts'
import type { Verdict } from '../../src/provider/readiness/verdict.ts'

function deployment(status: object, replicas = 3): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { generation: 2 },
    spec: { replicas },
    status: { observedGeneration: 2, ...status },
  }
}

function condition(type: string, status: string, more: object = {}): object {
  return { conditions: [{ type, status, ...more }] }
}

function judge(object: object): Verdict {
  return verdictOf({ ...object })
}

const full = { replicas: 3, updatedReplicas: 3, availableReplicas: 3 }

describe('a Deployment', () => {
  test.each([
    ['is ready when all pods are new and available', full, { state: 'ready' }],
    [
      'waits for its controller',
      { ...full, observedGeneration: 1 },
      { state: 'waiting', reason: 'the controller has not seen it yet' },
    ],
    [
      'counts what is missing',
      { replicas: 3, updatedReplicas: 3, availableReplicas: 2 },
      { state: 'waiting', reason: '2/3 pods ready' },
    ],
    [
      'waits for old pods to go',
      { ...full, replicas: 4 },
      { state: 'waiting', reason: '1 old pods still there' },
    ],
    [
      'fails when its own deadline passed',
      condition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded', message: 'late' }),
      { state: 'failed', reason: 'ProgressDeadlineExceeded: late' },
    ],
    [
      'says why it gets no pods',
      condition('ReplicaFailure', 'True', { reason: 'FailedCreate', message: 'exceeded quota' }),
      { state: 'waiting', reason: 'FailedCreate: exceeded quota' },
    ],
  ])('%s', (_what, status, expected) => {
    expect(judge(deployment(status))).toEqual(expected)
  })

  test('of no pods is ready', () => {
    expect(judge(deployment({}, 0))).toEqual({ state: 'ready' })
  })
})

describe('other kinds', () => {
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { replicas: 2 } }
  const job = { apiVersion: 'batch/v1', kind: 'Job', spec: { completions: 4 } }
  const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
  test.each([
    [{ ...set, status: { readyReplicas: 1, updatedReplicas: 2 } }, '1/2 pods ready'],
    [{ ...set, status: { readyReplicas: 2, updatedReplicas: 1 } }, '1/2 pods updated'],
    [
      { ...set, spec: { replicas: 2, updateStrategy: { type: 'OnDelete' } }, status: { readyReplicas: 2 } },
      'ready',
    ],
    [
      {
        ...set,
        spec: { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } },
        status: { readyReplicas: 2, updatedReplicas: 1 },
      },
      'ready',
    ],
    [
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        status: { desiredNumberScheduled: 3, numberAvailable: 2, updatedNumberScheduled: 3 },
      },
      '2/3 pods ready',
    ],
    [{ ...job, status: { succeeded: 1 } }, '1/4 pods succeeded'],
    [{ ...job, status: condition('Complete', 'True') }, 'ready'],
    [
      { ...job, status: condition('Failed', 'True', { reason: 'BackoffLimitExceeded' }) },
      'failed: BackoffLimitExceeded',
    ],
    [{ apiVersion: 'v1', kind: 'Pod', status: condition('Ready', 'True') }, 'ready'],
    [{ apiVersion: 'v1', kind: 'Pod', status: { phase: 'Failed', message: 'Evicted' } }, 'failed: Evicted'],
    [{ apiVersion: 'v1', kind: 'Namespace', status: { phase: 'Active' } }, 'ready'],
    [{ apiVersion: 'v1', kind: 'Namespace', status: { phase: 'Terminating' } }, 'Terminating'],
    [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } }, 'Pending, not bound'],
    [
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Lost' } },
      'failed: its volume is lost',
    ],
    [{ ...crd, status: condition('Established', 'True') }, 'ready'],
    [{ ...crd, status: condition('NamesAccepted', 'False', { message: 'taken' }) }, 'failed: taken'],
    [{ apiVersion: 'v1', kind: 'Service', spec: { selector: { a: 'b' } } }, 'ready'],
    [{ apiVersion: 'example.org/v1', kind: 'Deployment' }, 'ready'],
  ])('%j: %s', (object, expected) => {
    const verdict = judge(object)
    const text =
      verdict.state === 'ready'
        ? 'ready'
        : verdict.state === 'failed'
          ? `failed: ${verdict.reason}`
          : verdict.reason
    expect(text).toBe(expected)
  })
})

describe('the trouble of pods', () => {
  const unschedulable = {
    status: condition('PodScheduled', 'False', { reason: 'Unschedulable', message: '0/3 nodes' }),
  }
  const crashing = { status: { containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }] } }

  test('is the one that most of them have', () => {
    expect(summarise([crashing, unschedulable, unschedulable])).toBe('2 pods: Unschedulable: 0/3 nodes')
  })

  test('skips the ready, and what is only starting', () => {
    const creating = {
      status: {
        phase: 'Pending',
        containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }],
      },
    }
    expect(summarise([{ status: condition('Ready', 'True') }])).toBeUndefined()
    expect(summarise([creating])).toBe('1 pod: Pending, not ready')
  })
})
