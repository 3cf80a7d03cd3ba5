import type { Finding } from '../../failure.ts'

/** Says which band a cluster without tolerance per direction cannot be given. */
export function bandFinding(region: string, kubernetesVersion: string): Finding {
  return {
    id: 'autoscaler-band-approximated',
    severity: 'warning',
    path: `regions.${region}.kubernetesVersion`,
    message: 'the API scales in right below its scale-out threshold instead of below its scale-in threshold',
    actual: kubernetesVersion,
    limit: '1.35',
    hint: 'tolerance per direction is on by default from Kubernetes 1.35',
  }
}
