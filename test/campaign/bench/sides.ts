import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { connectCluster } from '../../../src/cluster/connect.ts'
import { defaultStateFolder } from '../../../src/engine/places.ts'
import { makeEngine } from '../../../src/engine/pulumi.ts'
import { serveProvider } from '../../../src/provider/serve.ts'
import { sandboxContext, sandboxKubeconfig } from '../../../src/sandbox/places.ts'
import { makeToolchain } from '../../../src/toolchain/locate.ts'
import { testCollaborators } from '../../support/collaborators.ts'
import { manifestOf, programOf } from './objects.ts'

/** Seconds of one way to make, compare and remove the same objects. */
export interface Times {
  create: number
  preview: number
  unchanged: number
  destroy: number
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Through the engine with the bundled provider, as a deploy and a destroy of `iv` use them; without its own start. */
export async function ours(project: string, region: string, count: number): Promise<Times> {
  const c = testCollaborators(project, { environment: process.env })
  const access = { kubeconfig: sandboxKubeconfig(c.paths), context: sandboxContext(region) }
  const rules = {
    assertMayWrite: () => undefined,
    takesOwnership: () => false,
    kubeconfig: access.kubeconfig,
  }
  const [pulumi, served, cluster] = await Promise.all([
    makeToolchain(c).find('pulumi'),
    serveProvider(c, rules),
    connectCluster(access),
  ])
  if (!pulumi) throw new Error('no pulumi')
  const backend = `file://${defaultStateFolder(c.paths)}`
  const engine = makeEngine(
    { program: pulumi, backend, ownKey: true, providerPort: async () => served.port },
    c,
  )
  const program = programOf('bench-iv', count, access)
  const target = {
    project: 'bench',
    stack: 'bench',
    region,
    program,
    cluster: access,
    provider: 'bundled',
  } as const
  const record = { provider: 'bundled', clusterUid: await cluster.uid() } as const
  const deploy = async (): Promise<void> => {
    const seen = await engine.preview(target, { bind: true })
    if (seen.summary.create === 0) return
    await engine.up(target, record, seen)
    await engine.settle(target)
  }
  try {
    return {
      create: await timed(deploy),
      preview: await timed(() => engine.preview(target)),
      unchanged: await timed(deploy),
      destroy: await timed(async () => {
        await engine.destroy(target)
        await engine.remove(target)
      }),
    }
  } finally {
    cluster.close()
    await served.close()
  }
}

/** The same objects with kubectl: server-side apply and waiting, `diff`, apply again, delete. */
export async function kubectls(project: string, region: string, count: number): Promise<Times> {
  const c = testCollaborators(project, { environment: process.env })
  const kubectl = (await makeToolchain(c).find('kubectl'))?.path ?? 'kubectl'
  const access = ['--kubeconfig', sandboxKubeconfig(c.paths), '--context', sandboxContext(region)]
  const file = join(project, `bench-${count}.json`)
  await writeFile(file, manifestOf('bench-kubectl', count))
  const run = (...args: string[]) => execa(kubectl, [...access, ...args], { timeout: 1_200_000 })
  const apply = () => run('apply', '--server-side', '-f', file)
  return {
    create: await timed(async () => {
      await apply()
      const available = ['wait', '--for=condition=Available', 'deployment', '--all', '--timeout=20m']
      await run(...available, '-n', 'bench-kubectl')
    }),
    preview: await timed(() => run('diff', '--server-side', '-f', file)),
    unchanged: await timed(apply),
    destroy: await timed(() => run('delete', '-f', file, '--wait')),
  }
}
