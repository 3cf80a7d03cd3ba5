import { connectCluster } from '../cluster/connect.ts'
import type { Collaborators } from '../collaborators.ts'
import type { DiffCollaborators } from './against-live.ts'

/** The collaborators with real connections. */
export function withClusters(c: Collaborators): DiffCollaborators {
  return { ...c, connect: (access) => connectCluster(access, c.clock) }
}
