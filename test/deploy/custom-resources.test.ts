import { expect, test } from 'vitest'
import type { ClusterRequest, ClusterResponse } from '../../src/cluster/cluster.ts'
import { isCustom } from '../../src/crds/used.ts'
import { observeCustomResources } from '../../src/deploy/custom-resources.ts'
import { objectsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { customResourceLines } from '../../src/report/custom-resources.ts'
import { examplePlatform } from '../platform/example.ts'

const plan = planRegion(examplePlatform(), 'us-east')
const custom = objectsOf(plan).filter(isCustom)

/** Serves every object of the plan with the status that `statusOf` gives its kind; without one it is not there. */
function clusterWith(statusOf: (kind: string) => unknown) {
  return {
    request: ({ path }: ClusterRequest): Promise<ClusterResponse> => {
      const plural = path.split('?')[0]?.split('/').at(-1) ?? ''
      const items = custom
        .filter(
          ({ kind, apiVersion }) =>
            path.includes(apiVersion) && plural.startsWith(kind.toLowerCase().slice(0, -1)),
        )
        .flatMap((object) => {
          const status = statusOf(object.kind)
          return status === undefined
            ? []
            : [{ metadata: object.metadata, ...(status === null ? {} : { status }) }]
        })
      return Promise.resolve({ status: 200, body: { items } })
    },
  }
}

const total = custom.length

test('what no controller has spoken of is accepted, never ready', async () => {
  const waiting = { conditions: [{ type: 'Accepted', status: 'Unknown', message: 'Waiting for controller' }] }
  const seen = await observeCustomResources(
    plan,
    clusterWith((kind) => (kind === 'Gateway' ? waiting : null)),
  )
  expect(seen).toEqual({ total, ready: 0, accepted: total, absent: 0, notReady: [] })
  expect(customResourceLines(seen)).toEqual([`${total} custom resources: ${total} accepted, not reconciled`])
})

test('what a controller says counts, for a gateway as for the routes that hang on it', async () => {
  const isGood = {
    conditions: [
      { type: 'Accepted', status: 'True' },
      { type: 'Paused', status: 'False' },
    ],
  }
  const isBad = {
    parents: [{ conditions: [{ type: 'ResolvedRefs', status: 'False', message: 'no such Service' }] }],
  }
  const seen = await observeCustomResources(
    plan,
    clusterWith((kind) => (kind === 'Gateway' ? isGood : kind === 'HTTPRoute' ? isBad : null)),
  )
  expect(seen).toMatchObject({ total, ready: 1, absent: 0 })
  expect(seen.notReady).toContain('HTTPRoute interview-application/api: no such Service')
  expect(seen.accepted).toBe(total - 1 - seen.notReady.length)
})

test('what is not there is absent', async () => {
  const seen = await observeCustomResources(
    plan,
    clusterWith(() => undefined),
  )
  expect(seen).toEqual({ total, ready: 0, accepted: 0, absent: total, notReady: [] })
  expect(customResourceLines(null)).toEqual([])
})
