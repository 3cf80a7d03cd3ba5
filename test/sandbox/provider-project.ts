import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import type { Cluster, JsonObject } from '../../src/cluster/cluster.ts'
import type { EngineResult, StackProgram, StackTarget } from '../../src/engine/engine.ts'
import { makeEngine } from '../../src/engine/pulumi.ts'
import { defaultStateFolder } from '../../src/engine/places.ts'
import { isFailure } from '../../src/failure.ts'
import type { Failure } from '../../src/failure.ts'
import { makePaths } from '../../src/paths.ts'
import { serveProvider } from '../../src/provider/serve.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { touches } from '../support/touches.ts'

/** A stack of a test's own, made by the bundled provider through the real engine in a region of the sandbox. */
export interface ProviderProject {
  cluster: Cluster
  state: string
  preview: (program: StackProgram) => Promise<EngineResult>
  up: (program: StackProgram) => Promise<EngineResult>
  /** Bound to a preview, after which `meanwhile` happens. */
  upAfter: (program: StackProgram, meanwhile: () => Promise<unknown>) => Promise<EngineResult>
  destroy(): Promise<EngineResult>
  /** Warnings of the engine so far. */
  warnings(): string[]
  /** A change by somebody else, under a field manager of theirs. */
  meddle(path: string, patch: object): Promise<JsonObject>
  /** Takes down what is left, also after a failed test. */
  close(): Promise<void>
}

export function access(region: string): { kubeconfig: string; context: string } {
  const paths = makePaths({ packageRoot: '', project: inject('sandboxProject'), environment: {} })
  return { kubeconfig: sandboxKubeconfig(paths), context: sandboxContext(region) }
}

export async function makeProviderProject(region = 'us-west'): Promise<ProviderProject> {
  const folder = await mkdtemp(join(tmpdir(), 'iv-provider-'))
  const c = testCollaborators(folder, { environment: process.env })
  const [pulumi, served, cluster] = await Promise.all([
    makeToolchain(c).find('pulumi'),
    serveProvider(c),
    connectCluster(access(region)),
  ])
  if (!pulumi) throw new Error('no pulumi')
  const state = defaultStateFolder(c.paths)
  const engine = makeEngine(
    { program: pulumi, backend: `file://${state}`, ownKey: true, providerPort: async () => served.port },
    c,
  )
  const name = { project: 'provider', stack: 'test', region }
  const untouched = (program: StackProgram): StackTarget => ({
    ...name,
    program,
    cluster: access(region),
    provider: 'bundled',
  })
  const target = (program: StackProgram): StackTarget => {
    touches('engine', 'api-server')
    return untouched(program)
  }
  return {
    cluster,
    state,
    preview: (program) => engine.preview(target(program)),
    up: async (program) =>
      engine.up(target(program), { provider: 'bundled', clusterUid: await cluster.uid() }),
    upAfter: async (program, meanwhile) => {
      const seen = await engine.preview(target(program), { bind: true })
      await meanwhile()
      return engine.up(target(program), { provider: 'bundled', clusterUid: await cluster.uid() }, seen)
    },
    destroy: () => engine.destroy(target(async () => {})),
    warnings: () => c.host.of('engine.warning').map(({ text }) => text),
    async meddle(path, patch) {
      const { status, body } = await cluster.request({
        method: 'PATCH',
        path: `${path}?fieldManager=meddler`,
        contentType: 'application/merge-patch+json',
        body: patch,
      })
      if (status !== 200) throw new Error(`meddling with ${path}: ${status} ${JSON.stringify(body)}`)
      return body
    },
    async close() {
      await engine.destroy(untouched(async () => {}))
      cluster.close()
      await served.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a preview or an up would do or did, by resource: `update data.x`. */
export function changes(result: EngineResult): Record<string, string> {
  return Object.fromEntries(
    result.changes.map(({ name, op, paths }) => [name, [op, ...paths.toSorted()].join(' ')]),
  )
}

/** The failure that `work` must end with. */
export async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isFailure(error)) throw new Error(`expected a failure, got ${String(error)}`)
  return error
}
