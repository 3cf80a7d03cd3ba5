import type { KubeConfig } from '@kubernetes/client-node'
import { Failure } from '../failure.ts'

export interface KubeconfigSource {
  /** Path of a file; undefined means KUBECONFIG or the usual place. */
  path?: string | undefined
  /** The text itself, as a provider argument may carry it; wins over `path`. */
  contents?: string | undefined
  /** Undefined means the file's current context. */
  context?: string | undefined
}

/**
 * Reads a kubeconfig and selects the context.
 * @throws Failure `USAGE` for a missing or malformed file and for a context that is not in it.
 */
export async function loadKubeconfig(source: KubeconfigSource): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  const place =
    source.contents === undefined ? (source.path ?? 'the default kubeconfig') : 'the given kubeconfig'
  try {
    if (source.contents !== undefined) config.loadFromString(source.contents)
    else if (source.path !== undefined) config.loadFromFile(source.path)
    else config.loadFromDefault()
  } catch (error) {
    throw unreadable(place, error)
  }
  selectContext(config, place, source.context)
  return config
}

function unreadable(place: string, error: unknown): Failure {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
  return new Failure(
    'USAGE',
    missing ? `kubeconfig ${place} does not exist` : `kubeconfig ${place} cannot be used: ${reason}`,
    { cause: error, next: 'name another one with --kubeconfig, or run iv local up for the sandbox' },
  )
}

function selectContext(config: KubeConfig, place: string, wanted: string | undefined): void {
  const contexts = (config.contexts ?? []).map((context) => context.name)
  const context = wanted ?? config.currentContext
  if (context === undefined || !contexts.includes(context)) {
    throw new Failure('USAGE', `context ${context ?? '(none set)'} is not in ${place}`, {
      next: contexts.length > 0 ? `contexts there: ${contexts.join(', ')}` : 'it holds no contexts',
    })
  }
  config.setCurrentContext(context)
  if (!config.getCurrentCluster()) {
    throw new Failure('USAGE', `context ${context} in ${place} names a cluster that is not there`, {
      next: 'add the cluster entry to the kubeconfig',
    })
  }
}
