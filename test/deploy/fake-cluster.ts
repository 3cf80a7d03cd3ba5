import type { Cluster, ClusterRequest, ClusterResponse, WatchEvent } from '../../src/cluster/cluster.ts'

export interface FakeCluster extends Cluster {
  readonly requests: ClusterRequest[]
  readonly isClosed: boolean
}

/** A cluster that answers by a function and whose watches tell what the test pushes. */
export function fakeCluster(
  answer: (request: ClusterRequest) => ClusterResponse,
  events: () => AsyncIterable<WatchEvent> = silence,
): FakeCluster {
  const requests: ClusterRequest[] = []
  const state = { closed: false }
  return {
    server: 'https://127.0.0.1:6443',
    context: 'ctx',
    requests,
    get isClosed() {
      return state.closed
    },
    uid: () => Promise.resolve('uid-1'),
    version: () => Promise.resolve('v1.35.4'),
    // It serves every kind that it is asked for.
    pathOf: () => Promise.resolve('/served'),
    async request(input) {
      requests.push(input)
      return answer(input)
    },
    async *watch(_path, { signal }) {
      yield* events()
      if (!signal.aborted)
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    },
    close() {
      state.closed = true
    },
  }
}

async function* silence(): AsyncGenerator<WatchEvent> {}
