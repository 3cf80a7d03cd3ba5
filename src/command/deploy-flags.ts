import { Flags } from '@oclif/core'
import type { ScopeInput } from '../deploy/scope.ts'
import { type ProviderFlag, providerFlagValues } from '../engine/provider-names.ts'
import { clusterFlags, durationFlag, environmentFlags, planFlags, regionFlags } from './flags.ts'

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

/** What makes a deploy safe to be left alone and to be asked for twice. */
export const careFlags = {
  'on-failure': Flags.option({
    summary:
      'After a failed region: begin no other (`halt`), go on with the rest, or take back what this run changed.',
    options: ['halt', 'continue', 'rollback'] as const,
    default: 'halt',
    env: 'IV_ON_FAILURE',
  })(),
  plan: Flags.string({
    summary:
      'Do only what this file of `iv preview --save-plan` shows; exit 7 when it would be anything else.',
    helpValue: 'FILE',
    env: 'IV_PLAN',
  }),
  resume: Flags.string({
    summary: 'Do what is left of a run that ended early or was cut.',
    helpValue: 'RUN',
    exclusive: ['plan', 'region'],
    env: 'IV_RESUME',
  }),
  bake: durationFlag({
    summary:
      'Watch each changed region so long before the next; unwell three looks in a row is a failure (5).',
    env: 'IV_BAKE',
  }),
  'idempotency-key': Flags.string({
    summary: 'Asked again with the same key: the first result, or what is left of it.',
    helpValue: 'KEY',
    exclusive: ['resume'],
    env: 'IV_IDEMPOTENCY_KEY',
  }),
  'migrate-provider': Flags.boolean({
    summary: 'Change stacks over to the provider named; refused (11) where an object would be replaced.',
    dependsOn: ['provider'],
  }),
  'take-ownership': Flags.boolean({
    summary: 'Take fields that other managers changed from them, instead of failing on the conflict.',
  }),
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
