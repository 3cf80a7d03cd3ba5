import { costStrategies, growth, milestones } from './capacity.ts'
import { degradation } from './degradation.ts'
import { gates, gitops } from './delivery.ts'
import { media, sessionStore } from './media.ts'
import { provisioning } from './provisioning.ts'
import { metrics } from './metrics.ts'
import { nodeShapes, pools } from './pools.ts'
import { backups, disasterRecovery, recovery } from './recovery.ts'
import { regions } from './regions.ts'
import { circuitBreakers, retries, timeouts } from './resilience.ts'
import { scenarios } from './scenarios.ts'
import { affinity, gpu, priorities, sessions } from './sharing.ts'
import { assumed } from './sourced.ts'
import { workloads } from './workloads.ts'

/** The source document's numbers, each with its place in it; everything else says that it is an assumption. */
export const defaults = {
  apiVersion: assumed('the only version of the format', 'iv/v1'),
  name: assumed('the name of the platform that the document describes', 'interview'),
  delivery: assumed('iv deploys by itself unless an environment says otherwise', 'pulumi'),
  gitops,
  gates,
  state: assumed('none outside `local`', {}),
  buckets: assumed('none outside `local`', {}),
  images: assumed('supplied by whoever runs the platform', {}),
  regions,
  nodeShapes,
  pools,
  workloads,
  affinity,
  sessions,
  priorities,
  gpu,
  degradation,
  media,
  sessionStore,
  provisioning,
  metrics,
  circuitBreakers,
  retries,
  timeouts,
  disasterRecovery,
  recovery,
  backups,
  scenarios,
  growth,
  costStrategies,
  milestones,
}
