import type { KubeconfigSource } from '../cluster/kubeconfig.ts'
import type { Mutability } from './immutable.ts'

/** The provider arguments that this provider heeds. */
export interface Settings {
  kubeconfig: KubeconfigSource
  mutability: Mutability
  /** For objects of a program that names none. */
  namespace: string | undefined
}

const prefix = 'kubernetes:config:'

/**
 * Reads the variables of `configure`, which are texts whatever they were in the program. `defaultKubeconfig` is for
 * programs that name none, so that its path stays out of their state.
 */
export function readSettings(variables: ReadonlyMap<string, string>, defaultKubeconfig?: string): Settings {
  const text = (key: string): string | undefined => variables.get(prefix + key) || undefined
  const kubeconfig = text('kubeconfig') ?? defaultKubeconfig
  const isText = kubeconfig !== undefined && /^\s*\{|\n/.test(kubeconfig)
  return {
    kubeconfig: {
      context: text('context'),
      path: isText ? undefined : kubeconfig,
      contents: isText ? kubeconfig : undefined,
    },
    mutability: {
      configMaps: text('enableConfigMapMutable') === 'true',
      secrets: text('enableSecretMutable') === 'true',
    },
    namespace: text('namespace'),
  }
}
