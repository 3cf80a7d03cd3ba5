import type { ContainerSecurity } from '../pod.ts'

/** What pod security `restricted` asks of a container, and a root file system that nothing can write to. */
export const containerSecurity: ContainerSecurity = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
}
