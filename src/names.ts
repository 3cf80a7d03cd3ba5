/**
 * Labels and annotations that `iv` puts on what it makes. They are identities: an object in a running cluster
 * is recognised by them, so they are never renamed for looks.
 */
export const labels = {
  managedBy: 'app.kubernetes.io/managed-by',
  partOf: 'app.kubernetes.io/part-of',
  name: 'app.kubernetes.io/name',
  component: 'app.kubernetes.io/component',
  /** On pods of a pool or workload: its name (`sfu`, `conductor`). */
  pool: 'iv.dev/pool',
  /** On nodes: the node shape (`media`); also the key of their taint. */
  shape: 'iv.dev/shape',
  region: 'iv.dev/region',
  /** Of Kueue, on what waits in one of its queues. */
  queue: 'kueue.x-k8s.io/queue-name',
  queuePriority: 'kueue.x-k8s.io/priority-class',
} as const

export const annotations = {
  /** `<project>/<stack>` of the Pulumi stack that owns the object: the proof that it is ours. */
  stack: 'iv.dev/stack',
  urn: 'iv.dev/urn',
  /** On pods that read their configuration only when they start: its SHA-256. */
  configuration: 'iv.dev/configuration',
  /** On a workload whose count belongs to its autoscaler: the minimum it starts from. */
  minimum: 'iv.dev/minimum',
  /** Set once the minimum was written through the scale subresource; from then on the count is not ours. */
  minimumSet: 'iv.dev/minimum-set',
  /** On an object with a field that somebody wants other than specified, for a time: owner, end, reason, field. */
  hold: 'iv.dev/hold',
  /** On a media server's pod: sessions on it now, as it says itself. */
  sessions: 'iv.dev/sessions',
  /** On the Lease that is a region's lock: its holder, whole, as JSON. */
  lockHolder: 'iv.dev/lock-holder',
  /** There as well: who broke the lock last, when and why. */
  lockBroken: 'iv.dev/lock-broken',
} as const

export const managedBy = 'iv'

/** Field manager of the one write to the scale subresource; apart from the stack's own, so that no apply resets it. */
export const scaleFieldManager = 'iv-scale'
