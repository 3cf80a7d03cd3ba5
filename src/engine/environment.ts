import type { Collaborators } from '../collaborators.ts'
import { ensureStateKey } from './state-key.ts'
import { engineHome } from './places.ts'

export interface EngineEnvironmentInput {
  backend: string
  /** True where the state is the sandbox's own and `iv` keeps its key. */
  ownKey: boolean
}

/** Set in every engine that `iv` starts, so that one that outlives it can be told from a user's own. */
export const engineMark = 'IV_ENGINE'

/** Of the user's own Pulumi variables only these pass: credentials, which a backend of theirs needs. */
const passed = ['PULUMI_ACCESS_TOKEN', 'PULUMI_CONFIG_PASSPHRASE', 'PULUMI_CONFIG_PASSPHRASE_FILE']

/**
 * The environment of every engine process. An exported `PULUMI_BACKEND_URL` silently overrides the settings of a
 * project, `PULUMI_HOME` carries a login and a current stack: so all of the user's are dropped and ours are set.
 */
export async function engineEnvironment(
  input: EngineEnvironmentInput,
  c: Pick<Collaborators, 'paths' | 'random' | 'environment'>,
): Promise<Record<string, string>> {
  const inherited: Record<string, string> = {}
  for (const [name, value] of Object.entries(c.environment)) {
    const own = name.startsWith('PULUMI_') && !passed.includes(name)
    if (value !== undefined && !own) inherited[name] = value
  }
  if (input.ownKey) {
    // An exported passphrase would win over the file, and make a state that the next shell cannot read.
    delete inherited['PULUMI_CONFIG_PASSPHRASE']
    inherited['PULUMI_CONFIG_PASSPHRASE_FILE'] = await ensureStateKey(c)
  }
  return {
    ...inherited,
    PULUMI_BACKEND_URL: input.backend,
    PULUMI_HOME: engineHome(c.paths),
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    [engineMark]: '1',
  }
}

export interface ProviderEnvironment {
  /** Where the bundled provider is served; undefined for the official one. */
  port?: number | undefined
  /** Path; undefined where the user's own variable or the usual place is meant. */
  kubeconfig?: string | undefined
}

/** Added for one operation, by provider. */
export function providerEnvironment(input: ProviderEnvironment): Record<string, string> {
  const { port, kubeconfig } = input
  // The official provider reads it there; as an argument of the program it would enter the state.
  const access = kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }
  if (port === undefined) return access
  return {
    ...access,
    PULUMI_DEBUG_PROVIDERS: `kubernetes:${port}`,
    // With an attached provider and no plugin on disk the engine would spend 2.5 s per operation looking for one.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  }
}
