import type { TierName } from '../tiers.ts'

/**
 * Pod security by namespace. Only media is `privileged`: `baseline` already refuses the host network, which UDP to
 * candidates needs. The level's rules are those of the cluster's own version, so an upgrade is a visible change.
 */
export function namespaceSecurity(tier: TierName, kubernetesVersion: string): Record<string, string> {
  const level = tier === 'media' ? 'privileged' : 'restricted'
  const [major, minor] = kubernetesVersion.split('.')
  const version = `v${major}.${minor}`
  return Object.fromEntries(
    ['enforce', 'audit', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]),
  )
}
