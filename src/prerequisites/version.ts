import type { Finding } from '../failure.ts'
import { hasTolerance } from '../spec/kubernetes-version.ts'

/** Whether the plan would be another one, had the specification the version that the server has. */
export function changesThePlan(actual: string, planned: string): boolean {
  return hasTolerance(actual) !== hasTolerance(planned)
}

export function versionFinding(
  { actual, planned }: { actual: string; planned: string },
  region: string,
): Finding {
  return {
    id: 'kubernetes-version',
    severity: 'error',
    path: `regions.${region}.kubernetesVersion`,
    message: `the server is ${actual}, and autoscalers were planned for ${planned}: one of them knows no tolerance per direction`,
    actual,
    limit: planned,
    hint: `set regions.${region}.kubernetesVersion to what the server is, or say --kube-version`,
  }
}
