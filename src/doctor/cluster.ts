import type { Cluster, ClusterAccess } from '../cluster/cluster.ts'
import { connectCluster } from '../cluster/connect.ts'
import { failureOf } from '../cluster/errors.ts'
import type { Clock } from '../clock.ts'
import type { UsedKind } from '../crds/used.ts'
import { toFailure } from '../failure.ts'
import type { SecretReference } from '../platform/secret-references.ts'
import { installText, missingComponents, missingText } from '../prerequisites/components.ts'
import { missingSecrets, secretText } from '../prerequisites/secrets.ts'
import { changesThePlan } from '../prerequisites/version.ts'
import { compareVersions } from '../toolchain/version.ts'
import { type Check, failed } from './check.ts'
import { checkLockRight } from './lock-right.ts'
import { checkOwner } from './owner.ts'

export interface ClusterQuestion {
  region: string
  access: ClusterAccess
  /** `kubernetesVersion` of the specification. */
  wantedVersion: string
  kinds: readonly UsedKind[]
  secrets: readonly SecretReference[]
  /** Nobody reads a Secret there. */
  isSandbox: boolean
  /** Who is to own what runs there, and the platform's name. */
  owner: { delivery: 'pulumi' | 'gitops'; platform: string }
}

/** API servers renew their own lease every 10 s; a newest one that is further off than this is no accident. */
const clockToleranceMs = 60_000

/** Whether a region's cluster can be reached and is what the specification says. Reads only. */
export async function checkCluster(question: ClusterQuestion, c: { clock: Clock }): Promise<Check[]> {
  const id = (name: string): string => `cluster.${question.region}.${name}`
  let cluster: Cluster
  try {
    cluster = await connectCluster(question.access, c.clock)
  } catch (error) {
    return [failed(id('access'), toFailure(error), 'check the kubeconfig context and the network')]
  }
  try {
    const uid = await cluster.uid()
    const access = `${cluster.server} as context ${cluster.context} (cluster ${uid})`
    return [
      { id: id('access'), status: 'ok', detail: access },
      judgeVersion(id('version'), await cluster.version(), question.wantedVersion),
      await checkKinds(id('kinds'), cluster, question.kinds),
      await checkSecrets(id('secrets'), cluster, question),
      await checkClock(id('clock'), cluster, c.clock),
      await checkOwner(id('owner'), cluster, question.owner),
      await checkLockRight(id('lock'), cluster),
    ]
  } catch (error) {
    return [failed(id('access'), toFailure(error), 'ask for read access to this cluster')]
  } finally {
    cluster.close()
  }
}

function judgeVersion(id: string, actual: string, wanted: string): Check {
  const detail = `${actual}, the specification says ${wanted}`
  const minor = (version: string): string => version.replace(/^v?(\d+\.\d+).*$/, '$1')
  const difference = compareVersions(minor(actual), minor(wanted))
  if (changesThePlan(actual, wanted)) {
    const hint =
      'set kubernetesVersion of the region to what the server is: autoscalers are planned otherwise'
    return { id, status: 'fail', detail, hint }
  }
  if (difference === 0) return { id, status: 'ok', detail }
  if (difference !== undefined && difference > 0) {
    return { id, status: 'warn', detail, hint: 'set kubernetesVersion of the region to what the server is' }
  }
  return {
    id,
    status: 'fail',
    detail,
    hint: 'upgrade the cluster, or set kubernetesVersion of the region lower',
  }
}

async function checkKinds(id: string, cluster: Cluster, kinds: readonly UsedKind[]): Promise<Check> {
  const missing = await missingComponents(cluster, kinds)
  if (missing.length > 0) {
    const hints = missing.map(({ component }) => `${component.operator}: ${installText(component)}`)
    return {
      id,
      status: 'fail',
      detail: `missing: ${missing.map(missingText).join('; ')}`,
      hint: `${hints.join('; ')}; or --without ${missing.map(({ component }) => component.name).join(',')}`,
    }
  }
  const detail =
    kinds.length === 0 ? 'no kinds beyond those of Kubernetes are needed' : `all ${kinds.length} are there`
  return { id, status: 'ok', detail }
}

async function checkSecrets(
  id: string,
  cluster: Cluster,
  { secrets, isSandbox }: Pick<ClusterQuestion, 'secrets' | 'isSandbox'>,
): Promise<Check> {
  const missing = await missingSecrets(cluster, secrets)
  if (missing.length === 0) {
    return { id, status: 'ok', detail: `all ${secrets.length} that the plan refers to are there` }
  }
  const detail = `missing: ${missing.map(secretText).join('; ')}`
  const hint = isSandbox
    ? 'nothing in the sandbox reads them; a cluster needs them before a deploy'
    : 'make them in their namespaces before a deploy: kubectl create secret, or your secrets operator'
  return { id, status: isSandbox ? 'warn' : 'fail', detail, hint }
}

interface Lease {
  spec?: { renewTime?: string }
}

/** Compares this machine's clock with the newest renewal of a lease in kube-system: no write, one small read. */
async function checkClock(id: string, cluster: Cluster, clock: Clock): Promise<Check> {
  const path = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases'
  const response = await cluster.request({ method: 'GET', path, deadlineMs: 10_000 })
  if (response.status !== 200)
    return { id, status: 'skip', detail: failureOf(response, 'leases of kube-system').message }
  const leases = (response.body['items'] ?? []) as readonly Lease[]
  const renewals = leases.map((lease) => Date.parse(lease.spec?.renewTime ?? '')).filter(Number.isFinite)
  if (renewals.length === 0) return { id, status: 'skip', detail: 'no lease in kube-system to compare with' }
  const offMs = clock.now().getTime() - Math.max(...renewals)
  const detail = `${(offMs / 1000).toFixed(1)} s after the newest lease renewal of the server`
  if (Math.abs(offMs) <= clockToleranceMs) return { id, status: 'ok', detail }
  return {
    id,
    status: 'warn',
    detail,
    hint: 'synchronise this machine’s clock (NTP): certificates and evidence depend on it',
  }
}
