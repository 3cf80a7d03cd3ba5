import type { JsonObject } from '../../cluster/cluster.ts'
import { send } from '../api.ts'
import { at, isRecord, listAt, textAt } from '../json.ts'
import { referenceOf } from '../object.ts'
import type { Session } from '../session.ts'
import { conditionOf, explain, isTrue } from './conditions.ts'

/** Why a workload's pods are not ready, in one line; undefined where there is nothing to say. */
export async function podTrouble(session: Session, workload: JsonObject): Promise<string | undefined> {
  const selector = selectorOf(workload)
  const { namespace } = referenceOf(workload)
  if (selector === undefined || namespace === undefined) return undefined
  const query = new URLSearchParams({ labelSelector: selector, limit: '100' })
  const response = await send(session, {
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/pods?${query.toString()}`,
  })
  const pods = response.status === 200 ? listAt(response.body, 'items').filter(isRecord) : []
  return summarise(pods)
}

/** The most frequent trouble with its count: `3 pods: Unschedulable: 0/5 nodes are available`. */
export function summarise(pods: readonly JsonObject[]): string | undefined {
  const counts = new Map<string, number>()
  for (const pod of pods) {
    const trouble = troubleOf(pod)
    if (trouble !== undefined) counts.set(trouble, (counts.get(trouble) ?? 0) + 1)
  }
  const [worst] = [...counts].toSorted(([, left], [, right]) => right - left)
  return worst && `${worst[1]} ${worst[1] === 1 ? 'pod' : 'pods'}: ${worst[0]}`
}

function troubleOf(pod: JsonObject): string | undefined {
  if (isTrue(pod, 'Ready')) return undefined
  const scheduled = conditionOf(pod, 'PodScheduled')
  if (scheduled?.status === 'False') return explain(scheduled)
  for (const list of ['initContainerStatuses', 'containerStatuses']) {
    for (const container of listAt(pod, 'status', list)) {
      const reason = textAt(container, 'state', 'waiting', 'reason')
      if (reason === undefined || reason === 'ContainerCreating' || reason === 'PodInitializing') continue
      const message = textAt(container, 'state', 'waiting', 'message')
      return message === undefined ? reason : `${reason}: ${message}`
    }
  }
  return `${textAt(pod, 'status', 'phase') ?? 'Pending'}, not ready`
}

function selectorOf(workload: JsonObject): string | undefined {
  const labels = at(workload, 'spec', 'selector', 'matchLabels')
  if (!isRecord(labels)) return undefined
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',')
}
