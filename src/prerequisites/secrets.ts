import type { Cluster } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import type { Finding } from '../failure.ts'
import type { SecretReference } from '../platform/secret-references.ts'

export interface MissingSecret {
  reference: SecretReference
  /** Keys that it lacks; empty where there is no such Secret. */
  keys: readonly string[]
}

/** The Secrets and keys that a cluster lacks. Only names of keys are looked at; values go nowhere. */
export async function missingSecrets(
  cluster: Pick<Cluster, 'request'>,
  references: readonly SecretReference[],
): Promise<MissingSecret[]> {
  const looks = references.map(async (reference): Promise<MissingSecret[]> => {
    const path = `/api/v1/namespaces/${reference.namespace}/secrets/${reference.name}`
    const response = await cluster.request({ method: 'GET', path })
    if (response.status === 404) return [{ reference, keys: [] }]
    if (response.status !== 200) throw failureOf(response, `Secret ${reference.namespace}/${reference.name}`)
    const there = Object.keys(response.body['data'] ?? {})
    const keys = reference.keys.filter((key) => !there.includes(key))
    return keys.length === 0 ? [] : [{ reference, keys }]
  })
  return (await Promise.all(looks)).flat()
}

/**
 * In the sandbox it is a warning: no operator and no container runs there that would read it. Elsewhere nothing is
 * deployed without.
 */
export function secretFinding(
  missing: MissingSecret,
  region: { region: string; environment: string },
): Finding {
  const { namespace, name } = missing.reference
  return {
    id: 'secret-missing',
    severity: region.environment === 'local' ? 'warning' : 'error',
    path: `regions.${region.region}`,
    message: `the cluster lacks ${secretText(missing)}`,
    hint: `make it in namespace ${namespace}, for instance with kubectl create secret or your secrets operator; iv never holds the values of ${name}`,
  }
}

/** `Secret interview-application/gateway-tls (for Gateway gateway)`. */
export function secretText({ reference, keys }: MissingSecret): string {
  const which = keys.length === 0 ? '' : `key ${keys.join(', ')} of `
  const asked = keys.length === 0 && reference.keys.length > 0 ? `, with ${reference.keys.join(', ')}` : ''
  return `${which}Secret ${reference.namespace}/${reference.name}${asked} (for ${reference.by.join(', ')})`
}
