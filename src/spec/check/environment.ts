import type { Finding } from '../../failure.ts'
import { isTree, parentOf, valueAt } from '../tree.ts'
import type { Places } from './issues.ts'
import { bucketNames } from '../schema/recovery.ts'
import type { Specification } from '../schema/specification.ts'

type Needed = [path: string, value: string | undefined, example: string]

/** What every environment but `local` names itself: all that is missing, at once. */
export function missingIn(environment: string, specification: Specification, place: string): Finding[] {
  const needed: Needed[] = [
    // A GitOps controller keeps no state of ours.
    ...(specification.delivery === 'gitops' ? [] : [stateNeeded(specification)]),
    ['domain', specification.domain, 'the DNS name that candidates use'],
  ]
  for (const [name, { context }] of Object.entries(specification.regions)) {
    needed.push([
      `regions.${name}.context`,
      context,
      `a kubeconfig context, or ${name}: null without this region`,
    ])
  }
  for (const [name, { image }] of Object.entries(specification.pools)) {
    needed.push([`pools.${name}.image`, image, 'a container image'])
  }
  for (const [name, { image }] of Object.entries(specification.workloads)) {
    needed.push([`workloads.${name}.image`, image, 'a container image'])
  }
  for (const name of bucketNames) {
    needed.push([`buckets.${name}`, specification.buckets[name], 'the name of a bucket'])
  }
  return needed
    .filter(([, value]) => value === undefined)
    .map(([path, , limit]) => ({
      id: 'IV-ENV-001',
      severity: 'error',
      path: `environments.${environment}.${path}`,
      place,
      message: `environments.${environment}.${path} is missing: it takes ${limit}`,
      limit,
      hint: `set it there, or at ${path} for every environment`,
    }))
}

function stateNeeded({ state }: Specification): Needed {
  return ['state.backend', state.backend, 's3://…, gs://…, azblob://… or https://…']
}

/** `local` reaches the sandbox and nothing else: an overlay that says otherwise would be without effect. */
export function escapesFrom(local: unknown, places: Places): Finding[] {
  const regions = valueAt(local, 'regions')
  const paths = isTree(regions) ? Object.keys(regions).map((name) => `regions.${name}.context`) : []
  return ['state.backend', ...paths]
    .filter((path) => (valueAt(local, path) ?? null) !== null)
    .map((path) => ({
      id: 'IV-ENV-003',
      severity: 'error',
      path: `environments.local.${path}`,
      place: places.keyPlaceOf(`environments.local.${parentOf(path)}`, path.slice(path.lastIndexOf('.') + 1)),
      message: `environments.local.${path} cannot be set: local reaches only the sandbox`,
      hint: 'give the clusters an environment of their own',
    }))
}

/** State in files is seen by nobody else; outside `local` it has to be meant. */
export function localStateRefused(
  environment: string,
  specification: Specification,
  place: string,
): Finding[] {
  const { backend } = specification.state
  if (!backend?.startsWith('file:')) return []
  return [
    {
      id: 'IV-ENV-002',
      severity: 'error',
      path: 'state.backend',
      place,
      message: `state.backend of ${environment} is files on this machine: ${backend}`,
      actual: backend,
      hint: 'name a shared backend, or add --allow-local-state if nobody else deploys this environment',
    },
  ]
}
