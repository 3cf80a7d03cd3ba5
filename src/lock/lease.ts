import type { Cluster, JsonObject } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { annotations } from '../names.ts'
import type { Holder } from './holder.ts'

/**
 * Leases live in the namespace that every cluster has before the platform's own exist, and that gives the cluster
 * its identity. They stay when the platform is destroyed: their number must never start again.
 */
const leaseNamespace = 'kube-system'
const collection = `/apis/coordination.k8s.io/v1/namespaces/${leaseNamespace}/leases`

/** Of a Lease: unless it was renewed within this time, its holder has it no more. */
export const leaseDurationMs = 15_000

export interface LeaseState {
  /** Undefined while nobody has it. */
  holder: Holder | undefined
  /** RFC 3339, by the holder's clock. */
  acquiredAt: string
  renewedAt: string
  /** `leaseTransitions`: rises with every acquisition. */
  fencingNumber: number
  /** Why it was last broken, and by whom. */
  broken: Breaking | undefined
  /** Of the object as it was read; undefined where there is none yet. */
  resourceVersion: string | undefined
}

export interface Breaking {
  by: string
  reason: string
  at: string
}

export const noLease: LeaseState = {
  holder: undefined,
  acquiredAt: '',
  renewedAt: '',
  fencingNumber: 0,
  broken: undefined,
  resourceVersion: undefined,
}

/** One Lease of a cluster, read and replaced whole: the resource version lets one of two writers through. */
export class LeaseStore {
  readonly name: string
  readonly #cluster: Cluster

  constructor(cluster: Cluster, { project, stack }: { project: string; stack: string }) {
    this.name = `iv.${project}.${stack}`
    this.#cluster = cluster
  }

  async read(): Promise<LeaseState> {
    const response = await this.#cluster.request({ method: 'GET', path: `${collection}/${this.name}` })
    if (response.status === 404) return noLease
    if (response.status !== 200) throw failureOf(response, `Lease ${leaseNamespace}/${this.name}`)
    return parseLease(response.body)
  }

  /** @returns undefined when somebody else was faster: the Lease is no longer as `next.resourceVersion` says. */
  async write(next: LeaseState, deadlineMs?: number): Promise<LeaseState | undefined> {
    const isNew = next.resourceVersion === undefined
    const response = await this.#cluster.request({
      method: isNew ? 'POST' : 'PUT',
      path: isNew ? collection : `${collection}/${this.name}`,
      body: renderLease(this.name, next),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    })
    if (response.status === 409 || response.status === 404) return undefined
    if (response.status !== 200 && response.status !== 201)
      throw failureOf(response, `Lease ${leaseNamespace}/${this.name}`)
    return parseLease(response.body)
  }
}

interface LeaseObject {
  metadata?: { resourceVersion?: string; annotations?: Record<string, string> }
  spec?: { holderIdentity?: string; acquireTime?: string; renewTime?: string; leaseTransitions?: number }
}

export function parseLease(body: JsonObject): LeaseState {
  const { metadata = {}, spec = {} } = body as LeaseObject
  const notes = metadata.annotations ?? {}
  const identity = spec.holderIdentity ?? ''
  const noted = parsed<Holder>(notes[annotations.lockHolder])
  const stranger: Holder = { host: identity, pid: 0, command: '', runId: '', token: identity }
  return {
    // Edited by hand, the two disagree: then only the name counts, about which nothing can be proven.
    holder: identity === '' ? undefined : noted && identityOf(noted) === identity ? noted : stranger,
    acquiredAt: spec.acquireTime ?? '',
    renewedAt: spec.renewTime ?? '',
    fencingNumber: spec.leaseTransitions ?? 0,
    broken: parsed<Breaking>(notes[annotations.lockBroken]),
    resourceVersion: metadata.resourceVersion,
  }
}

function renderLease(name: string, state: LeaseState): JsonObject {
  const { holder, broken, resourceVersion } = state
  const notes = {
    ...(holder === undefined ? {} : { [annotations.lockHolder]: JSON.stringify(holder) }),
    ...(broken === undefined ? {} : { [annotations.lockBroken]: JSON.stringify(broken) }),
  }
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: leaseNamespace, annotations: notes, resourceVersion },
    spec: {
      holderIdentity: holder === undefined ? '' : identityOf(holder),
      leaseDurationSeconds: leaseDurationMs / 1000,
      acquireTime: microTime(state.acquiredAt),
      renewTime: microTime(state.renewedAt),
      leaseTransitions: state.fencingNumber,
    },
  }
}

function identityOf({ host, pid, token }: Holder): string {
  return `${host}/${pid}/${token}`
}

/** The type of these fields wants six decimals. */
function microTime(iso: string): string {
  return iso.replace(/\.(\d{3})Z$/, '.$1000Z')
}

function parsed<T>(text: string | undefined): T | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}
