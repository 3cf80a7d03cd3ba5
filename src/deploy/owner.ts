import { Failure } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'

/**
 * An environment has one owner: two that write the same objects undo each other's work.
 * @throws Failure `REFUSED` where a GitOps controller delivers the environment.
 */
export function refuseOtherOwner({ environment, specification }: Platform, verb: string): void {
  if (specification.delivery === 'pulumi') return
  throw new Failure(
    'REFUSED',
    `environment ${environment} is delivered by a GitOps controller (delivery: gitops), so iv ${verb} does not touch it`,
    { next: nextOf[verb] ?? 'iv render writes the tree of files; iv promote commits the next region' },
  )
}

/** What reads the deployment state has nothing to read here, and would call everything new. */
const nextOf: Readonly<Record<string, string>> = {
  preview: 'iv diff --live compares the specification with the cluster',
  drift: 'iv diff --live compares the specification with the cluster',
  destroy: 'remove the region from iv.yaml, then iv render; the controller prunes what left the tree',
}
