import type { Finding } from '../../failure.ts'
import { bucketNames } from '../schema/recovery.ts'
import type { Specification } from '../schema/specification.ts'

/** What every environment but `local` names itself: all that is missing, at once. */
export function missingIn(environment: string, specification: Specification): Finding[] {
  const needed: [path: string, value: string | undefined, example: string][] = [
    ['state.backend', specification.state.backend, 's3://…, gs://…, azblob://… or https://…'],
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
    .map(([path, , example]) => ({
      id: 'IV-ENV-001',
      severity: 'error',
      path,
      message: `${path} is missing: it has no default outside local`,
      limit: example,
      hint: `set environments.${environment}.${path}`,
    }))
}

export function localStateRefused(environment: string, specification: Specification): Finding[] {
  const { backend } = specification.state
  if (!backend?.startsWith('file:')) return []
  return [
    {
      id: 'IV-ENV-002',
      severity: 'error',
      path: 'state.backend',
      message: `state.backend of ${environment} is files on this machine`,
      actual: backend,
      hint: 'name a shared backend, or add --allow-local-state if nobody else deploys this environment',
    },
  ]
}
