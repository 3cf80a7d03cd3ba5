import type { Collaborators } from '../collaborators.ts'
import type { Engine } from '../engine/engine.ts'
import { Holds } from '../lock/hold.ts'
import type { Platform } from '../spec/platform.ts'
import { backendOf } from './backend.ts'
import type { DeployCollaborators, Programs } from './ports.ts'

interface ProviderServer {
  port: number
  close(): Promise<void>
}

/**
 * Runs `work` with the real cluster, engine and provider. Their modules are large and are loaded side by side,
 * while clusters are being connected; the provider's server is started when an engine first asks for it.
 */
export async function withDeployPorts<T>(
  c: Collaborators,
  programs: Promise<Programs>,
  work: (collaborators: DeployCollaborators) => Promise<T>,
): Promise<T> {
  // Loads beside everything else; a failure is met where the program is needed.
  programs.catch(() => undefined)
  const holds = new Holds()
  let server: Promise<ProviderServer> | undefined
  let engine: Promise<Engine> | undefined
  const serve = async (): Promise<ProviderServer> => {
    const { serveProvider } = await import('../provider/serve.ts')
    return serveProvider(c, holds)
  }
  const start = async (platform: Platform): Promise<Engine> => {
    const backend = backendOf(platform, c.paths)
    const [{ makeEngine }, { makeToolchain }] = await Promise.all([
      import('../engine/pulumi.ts'),
      import('../toolchain/locate.ts'),
      // Only to have it loaded: the engine takes it when it opens its first stack.
      import('@pulumi/pulumi/automation/index.js'),
    ])
    const tools = await makeToolchain(c).ensure(['pulumi'])
    const program = tools.get('pulumi') ?? { path: 'pulumi', version: '' }
    const providerPort = async (): Promise<number> => (await (server ??= serve())).port
    return makeEngine({ program, backend: backend.url, ownKey: backend.own, providerPort }, c)
  }
  try {
    return await work({
      ...c,
      holds,
      makeProgram: async (plan, options) => (await programs).regionProgram(plan, options),
      connect: async (access) => (await import('../cluster/connect.ts')).connectCluster(access, c.clock),
      engine: (platform) => (engine ??= start(platform)),
    })
  } finally {
    await (await server?.catch(() => undefined))?.close()
  }
}
