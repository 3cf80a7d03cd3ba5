import { defineEvent } from './define.ts'

interface Counts {
  create: number
  update: number
  replace: number
  delete: number
  same: number
}

interface Change {
  op: string
  /** `apps/v1:Deployment`. */
  kind: string
  name: string
  /** Both, with the paths that differ, for people. */
  text: string
}

function countsText(counts: Counts): string {
  const parts = (['create', 'update', 'replace', 'delete'] as const)
    .filter((op) => counts[op] > 0)
    .map((op) => `${counts[op]} to ${op}`)
  return parts.length === 0 ? `nothing to change, ${counts.same} as wanted` : parts.join(', ')
}

export const deployEvents = {
  'deploy.target': defineEvent<{
    environment: string
    context: string
    server: string
    stack: string
    provider: string
  }>({
    level: 'info',
    description: 'Where a region lives: printed before anything is changed there.',
    text: (target) =>
      `environment ${target.environment}, context ${target.context}, server ${target.server}, provider ${target.provider}`,
  }),
  'deploy.previewed': defineEvent<{ summary: Counts }>({
    level: 'info',
    description: 'What a deploy or destroy would do to a region, from its live state.',
    text: (preview) => countsText(preview.summary),
  }),
  'deploy.change': defineEvent<Change>({
    level: 'info',
    description: 'One object that would be updated, replaced or deleted.',
    text: (change) => change.text,
  }),
  'deploy.addition': defineEvent<Change>({
    level: 'debug',
    description: 'One object that would be created.',
    text: (change) => change.text,
  }),
  'deploy.minimum-set': defineEvent<{ pool: string; replicas: number }>({
    level: 'info',
    description: 'A new pool was given its minimum, once; from here on its count is not ours.',
    text: (pool) => `${pool.pool}: starts with ${pool.replicas}`,
  }),
  'deploy.impact': defineEvent<{
    pool: string
    sessions: number
    spareNodes: number
    neededNodes: number
    fits: boolean
    text: string
  }>({
    level: 'info',
    description: 'Live sessions on the servers that a change succeeds, and the nodes that this needs.',
    text: (impact) => impact.text,
  }),
  'deploy.draining': defineEvent<{ pods: number; sessions: number }>({
    level: 'info',
    description: 'Media servers of before that still hold sessions when the deploy returns.',
    text: (draining) => `${draining.pods} servers of before drain ${draining.sessions} sessions`,
  }),
  'deploy.rolling-back': defineEvent<object>({
    level: 'warning',
    description: 'A deploy failed: a region is being taken back to what was deployed there before.',
    text: () => 'taking it back to what was deployed before',
  }),
  'deploy.pool': defineEvent<{ pool: string; ready: number; desired: number }>({
    level: 'info',
    description: 'Ready instances of a pool changed while the deploy waits for them.',
    text: (pool) => `${pool.pool}: ${pool.ready}/${pool.desired} ready`,
  }),
}
