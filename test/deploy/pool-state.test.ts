import { expect, test } from 'vitest'
import { poolState } from '../../src/deploy/pool-state.ts'
import type { PoolPlan } from '../../src/platform/region-plan.ts'

const pool = { name: 'api', namespace: 'app', workload: 'api', minimum: 3 } as PoolPlan

function state(status: object, spec = { replicas: 3 }) {
  return poolState(pool, { metadata: { generation: 2 }, spec, status: { observedGeneration: 2, ...status } })
}
const complete = { replicas: 3, readyReplicas: 3, updatedReplicas: 3 }

test('a pool without its Deployment stands at none of its minimum', () => {
  expect(poolState(pool, undefined)).toMatchObject({
    desired: 3,
    ready: 0,
    isReady: false,
    reason: 'not deployed',
  })
})

test('is ready when every instance wanted is ready and of the latest revision', () => {
  expect(state(complete)).toMatchObject({ desired: 3, ready: 3, isReady: true, reason: undefined })
})

test.each([
  ['one is not ready', { ...complete, readyReplicas: 2 }],
  ['one is of the old revision', { ...complete, updatedReplicas: 2 }],
  ['an old one is left', { ...complete, replicas: 4, readyReplicas: 4 }],
  ['the controller has not seen the change', { ...complete, observedGeneration: 1 }],
  ['nothing is known yet', {}],
])('is not ready when %s', (_, status) => {
  expect(state(status).isReady).toBe(false)
})

test('tells the strongest condition as the reason', () => {
  const conditions = [
    { type: 'Available', status: 'False', message: 'below minimum' },
    { type: 'ReplicaFailure', status: 'True', message: 'exceeded quota' },
  ]
  expect(state({ conditions }).reason).toBe('exceeded quota')
  expect(state({ conditions: conditions.slice(0, 1) }).reason).toBe('below minimum')
})
