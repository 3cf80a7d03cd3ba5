import type { PodSecurity } from '../pod.ts'

/** No image decides to run as root: the user is set here, and it owns the scratch volumes. */
const user = 10001

/** What pod security `restricted` asks of a pod. */
export const podSecurity: PodSecurity = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  seccompProfile: { type: 'RuntimeDefault' },
}
