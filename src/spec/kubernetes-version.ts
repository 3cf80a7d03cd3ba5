/** From this minor version of Kubernetes on a tolerance per direction needs no feature gate. */
const firstMinorWithTolerance = 35

/** Whether autoscalers of a cluster know one tolerance for growing and another for shrinking. */
export function hasTolerance(kubernetesVersion: string): boolean {
  return Number(kubernetesVersion.split('.')[1]) >= firstMinorWithTolerance
}
