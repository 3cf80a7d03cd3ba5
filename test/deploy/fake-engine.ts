import type { ClusterResponse } from '../../src/cluster/cluster.ts'
import type { Engine, EngineResult, StackRecord, StackTarget } from '../../src/engine/engine.ts'
import type { DeployCollaborators } from '../../src/deploy/ports.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import { annotations } from '../../src/names.ts'
import { Holds } from '../../src/lock/hold.ts'
import { workloadsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import type { Platform } from '../../src/spec/platform.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { fakeCluster } from './fake-cluster.ts'

type Change = 'none' | 'create' | 'replace' | Error
/** The same every time, or one after the other and then as usual. */
type Changes = Change | Change[]

export interface FakeWorld extends DeployCollaborators {
  host: RecorderHost
  platform: Platform
  /** `preview us-east`, `up us-east` …, in order. */
  calls: string[]
  /** Image of the asr pool in each program, in the order in which they were made. */
  images: string[]
  /** Stacks there are. */
  stacks: Map<string, StackRecord>
  /** What a preview finds in a region; what `up` and `destroy` do there. */
  previews: Map<string, Changes>
  ups: Map<string, Changes>
}

function result(target: StackTarget, op: 'create' | 'replace' | 'delete' | 'same'): EngineResult {
  const summary = { create: 0, update: 0, replace: 0, delete: 0, same: 0, [op]: 1 }
  const change = { urn: `urn:${target.region}`, type: 'v1:Namespace', name: 'media', paths: [] }
  const changes = op === 'same' ? [] : [{ op, ...change }]
  return { summary, changes, outputs: { provider: target.provider }, durationMs: 5 }
}

/** The whole outside of deploy: clusters whose pools are complete, and an engine that only keeps a list. */
export async function fakeWorld(
  project: string,
  answers: readonly boolean[] = [],
  clusterUid = 'uid-1',
): Promise<FakeWorld> {
  const host = new RecorderHost(answers)
  const c = testCollaborators(project, { host })
  const platform = await loadPlatform({ environment: 'local' }, c)
  const calls: string[] = []
  const images: string[] = []
  const stacks = new Map<string, StackRecord>()
  const previews = new Map<string, Changes>()
  const ups = new Map<string, Changes>()
  const look = (of: Map<string, Changes>, target: StackTarget): Promise<EngineResult> => {
    const told = of.get(target.region)
    const change = (Array.isArray(told) ? told.shift() : told) ?? 'create'
    if (change instanceof Error) return Promise.reject(change)
    return Promise.resolve(result(target, change === 'none' ? 'same' : change))
  }
  const engine: Engine = {
    record: ({ stack }) => Promise.resolve(stacks.get(stack)),
    preview(target, { targets } = {}) {
      calls.push(`preview ${target.region}${targets ? ` of ${targets.join()}` : ''}`)
      return look(previews, target)
    },
    async up(target, record) {
      const made = (await target.program()) as { image?: string } | undefined
      images.push(made?.image ?? '')
      calls.push(`up ${target.region}`)
      stacks.set(target.stack, record)
      return look(ups, target)
    },
    previewDestroy: (target) => Promise.resolve(result(target, 'delete')),
    destroy(target) {
      calls.push(`destroy ${target.region}`)
      return Promise.resolve(result(target, 'delete'))
    },
    unrecorded: () => Promise.resolve([]),
    recorded: () => Promise.resolve(undefined),
    isUnsettled: () => Promise.resolve(false),
    settle: () => Promise.resolve(),
    isStateCut: () => Promise.resolve(false),
    repairState: () => Promise.resolve(),
    unlock: () => Promise.resolve(),
    remove({ stack, region }) {
      calls.push(`remove ${region}`)
      stacks.delete(stack)
      return Promise.resolve()
    },
  }
  const complete = (): ClusterResponse => ({ status: 200, body: { items: readyDeployments(platform) } })
  return {
    ...c,
    host,
    platform,
    calls,
    images,
    stacks,
    previews,
    ups,
    holds: new Holds(),
    connect: () => Promise.resolve({ ...fakeCluster(complete), uid: () => Promise.resolve(clusterUid) }),
    engine: () => Promise.resolve(engine),
    makeProgram(plan) {
      const image = plan.pools.find(({ name }) => name === 'asr')?.image ?? ''
      return Promise.resolve(() => Promise.resolve({ image }))
    },
  }
}

function readyDeployments(platform: Platform): Record<string, unknown>[] {
  return workloadsOf(planRegion(platform, 'us-east')).map((pool) => ({
    metadata: {
      name: pool.workload,
      namespace: pool.namespace,
      generation: 1,
      annotations: { [annotations.minimumSet]: String(pool.minimum) },
    },
    spec: { replicas: pool.minimum },
    status: {
      observedGeneration: 1,
      replicas: pool.minimum,
      readyReplicas: pool.minimum,
      updatedReplicas: pool.minimum,
    },
  }))
}
