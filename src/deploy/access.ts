import type { ClusterAccess } from '../cluster/cluster.ts'
import { Failure } from '../failure.ts'
import type { Paths } from '../paths.ts'
import { sandboxContext, sandboxKubeconfig } from '../sandbox/places.ts'
import type { Platform } from '../spec/platform.ts'

export interface AccessFlags {
  kubeconfig?: string | undefined
  /** Replaces the context of the specification; for one region only. */
  context?: string | undefined
}

/**
 * How each region's cluster is reached. `local` reaches the sandbox and nothing else, whatever the flags say; every
 * other environment names a context per region, in the specification or by flag.
 * @throws Failure `USAGE` for a flag that cannot apply, or a region without a context.
 */
export function clusterAccess(
  platform: Platform,
  regions: readonly string[],
  input: { flags: AccessFlags; paths: Paths },
): Map<string, ClusterAccess> {
  const { kubeconfig, context } = input.flags
  if (platform.environment === 'local' && (kubeconfig ?? context) !== undefined) {
    throw new Failure(
      'USAGE',
      'environment local reaches only the sandbox: --kubeconfig and --context do not apply',
      {
        next: 'name another environment with --env',
      },
    )
  }
  if (context !== undefined && regions.length > 1) {
    throw new Failure(
      'USAGE',
      `--context ${context} names one cluster, but ${regions.length} regions are asked for`,
      {
        next: 'name one region, or put a context per region into iv.yaml',
      },
    )
  }
  return new Map(regions.map((region) => [region, accessOf(platform, region, input)]))
}

function accessOf(
  platform: Platform,
  region: string,
  input: { flags: AccessFlags; paths: Paths },
): ClusterAccess {
  if (platform.environment === 'local') {
    return { kubeconfig: sandboxKubeconfig(input.paths), context: sandboxContext(region) }
  }
  const context = input.flags.context ?? platform.specification.regions[region]?.context
  if (context === undefined) {
    throw new Failure(
      'USAGE',
      `region ${region} has no kubeconfig context in environment ${platform.environment}`,
      {
        region,
        next: `set regions.${region}.context in iv.yaml, or give --context`,
      },
    )
  }
  return { kubeconfig: input.flags.kubeconfig, context }
}
