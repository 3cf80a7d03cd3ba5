import { isRecord } from './json.ts'

/**
 * Lists that the server merges by key, so that others may own elements of them (a mesh's sidecar, a controller's
 * variable). Every other list belongs whole to whoever applies it.
 */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  resourceClaims: ['name'],
  webhooks: ['name'],
  hostAliases: ['ip'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  ownerReferences: ['uid'],
  finalizers: [],
}

/**
 * For each element of the program's list its counterpart in the live one, or undefined where it is gone.
 * Returns undefined as a whole when the list is not merged by key.
 */
export function matchElements(
  field: string | undefined,
  wanted: readonly unknown[],
  live: readonly unknown[],
): readonly unknown[] | undefined {
  const keys = field === 'ports' ? portKeys(wanted) : mergeKeys[field ?? '']
  if (keys === undefined) return undefined
  if (keys.length === 0) return wanted.map((item) => live.find((other) => other === item))
  return wanted.map((item) => live.find((other) => isSameElement(item, other, keys)))
}

/** Of a container `containerPort`, of a Service `port`; of a NetworkPolicy neither is a key, and the list is whole. */
function portKeys(wanted: readonly unknown[]): readonly string[] | undefined {
  const [first] = wanted
  if (isRecord(first) && 'containerPort' in first) return ['containerPort', 'protocol']
  if (isRecord(first) && 'port' in first && ('targetPort' in first || 'name' in first))
    return ['port', 'protocol']
  return undefined
}

function isSameElement(wanted: unknown, live: unknown, keys: readonly string[]): boolean {
  if (!isRecord(wanted) || !isRecord(live)) return false
  return keys.every((key) => {
    const fallback = key === 'protocol' ? 'TCP' : undefined
    return (wanted[key] ?? fallback) === (live[key] ?? fallback)
  })
}
