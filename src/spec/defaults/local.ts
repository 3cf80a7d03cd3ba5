import { sandboxContext } from '../../sandbox/places.ts'
import { poolNames } from '../schema/pool.ts'
import { supportNames } from '../schema/images.ts'
import { bucketNames } from '../schema/recovery.ts'
import { workloadNames } from '../schema/workload.ts'
import { Sourced } from './sourced.ts'

function sandbox(value: unknown): Sourced {
  return new Sourced('sandbox: only in the environment local', value)
}

/** Clusters and state of `local` are the sandbox's; images, domain and buckets where the file names none. */
export function localDefaults(regions: readonly string[]) {
  const image = (name: string) => [name, { image: sandbox(`iv.local/${name}:simulated`) }]
  return {
    ...localOnly(regions),
    domain: sandbox('interview.localhost'),
    buckets: Object.fromEntries(bucketNames.map((name) => [name, sandbox(`iv-local-${name}`)])),
    images: Object.fromEntries(supportNames.map((name) => [name, sandbox(`iv.local/${name}:simulated`)])),
    pools: Object.fromEntries(poolNames.map(image)),
    workloads: Object.fromEntries(workloadNames.map(image)),
  }
}

/** What the file cannot change in `local`: it reaches the sandbox and nothing else. */
export function localOnly(regions: readonly string[]) {
  return {
    state: { backend: sandbox('file://.iv/state') },
    // Karpenter's own provider of simulated machines.
    provisioning: {
      nodeClassGroup: sandbox('karpenter.kwok.sh'),
      nodeClassKind: sandbox('KWOKNodeClass'),
    },
    regions: Object.fromEntries(regions.map((name) => [name, { context: sandbox(sandboxContext(name)) }])),
  }
}
