import { Flags } from '@oclif/core'
import type { ScopeInput } from '../deploy/scope.ts'
import { type ProviderFlag, providerFlagValues } from '../engine/provider-names.ts'
import { clusterFlags, environmentFlags, planFlags, regionFlags } from './flags.ts'

/** What preview, deploy and destroy have in common. */
export const deployFlags = {
  ...environmentFlags,
  ...regionFlags,
  ...clusterFlags,
  ...planFlags,
  provider: Flags.option({
    summary: 'The Kubernetes provider of the engine; `auto` keeps to the one that made the stack.',
    options: providerFlagValues,
    default: 'auto',
    env: 'IV_PROVIDER',
  })(),
  'allow-local-state': Flags.boolean({
    summary: 'Accept a file backend outside `local`: only this machine can then go on from it.',
  }),
}

/** How several regions are worked on. */
export const laneFlags = {
  'max-parallel': Flags.integer({
    summary: 'Regions changed at once.',
    helpValue: 'N',
    default: 1,
    min: 1,
    env: 'IV_MAX_PARALLEL',
  }),
  'on-failure': Flags.option({
    summary: 'After a failed region: begin no other (`halt`) or go on with the rest.',
    options: ['halt', 'continue'] as const,
    default: 'halt',
    env: 'IV_ON_FAILURE',
  })(),
}

interface DeployFlags {
  config?: string | undefined
  env: string
  region: readonly string[]
  kubeconfig?: string | undefined
  context?: string | undefined
  provider: ProviderFlag
  'allow-local-state': boolean
  without: readonly string[]
  'kube-version'?: string | undefined
}

export function scopeOf(flags: DeployFlags): ScopeInput {
  return {
    file: flags.config,
    environment: flags.env,
    regions: flags.region,
    kubeconfig: flags.kubeconfig,
    context: flags.context,
    provider: flags.provider,
    allowLocalState: flags['allow-local-state'],
    without: flags.without,
    kubeVersion: flags['kube-version'],
  }
}
