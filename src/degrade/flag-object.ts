import type { Cluster, JsonObject } from '../cluster/cluster.ts'
import { failureOf } from '../cluster/errors.ts'
import { Failure } from '../failure.ts'
import { type Firing, automaticLevel, firingOf, switchesOn } from './automatic.ts'
import { always, alwaysOf, degradationFlags, levelNames, type LevelName } from './level.ts'

/** Field managers of the two levels: each takes back only what it set itself, and the stack owns neither. */
export const manualManager = 'iv-degrade'
const automaticManager = 'iv-degrade-auto'

/** What a region's flags say now. */
export interface LadderState {
  manual: LevelName
  automatic: LevelName
  /** Of the manual level, where it was set with one. */
  reason: string | null
  /** RFC 3339. */
  since: string | null
  firing: Firing
}

interface Flag {
  targeting?: unknown
  metadata?: Record<string, string>
}

/** @throws {Failure} NOT_FOUND where the region has no ladder: it was not deployed, or its operator is missing. */
export async function readLadder(cluster: Cluster, namespace: string, region: string): Promise<LadderState> {
  const response = await cluster.request({ method: 'GET', path: pathOf(namespace) })
  if (response.status === 404) {
    throw new Failure(
      'NOT_FOUND',
      `region ${region} has no FeatureFlag ${namespace}/${degradationFlags.object}`,
      {
        region,
        next: `deploy it with iv deploy --region ${region}`,
      },
    )
  }
  if (response.status >= 300) throw failureOf(response, reference(namespace))
  const flags = flagsOf(response.body)
  const manual = flags[degradationFlags.manual]
  return {
    manual: levelOf(manual),
    automatic: levelOf(flags[degradationFlags.automatic]),
    reason: manual?.metadata?.['reason'] ?? null,
    since: manual?.metadata?.['since'] ?? null,
    firing: firingOf(flags[degradationFlags.automatic]?.metadata?.['firing']),
  }
}

export interface ManualLevel {
  level: LevelName
  reason: string
  since: string
}

/** Sets the manual level, or takes it back where none is given. */
export function writeManual(cluster: Cluster, namespace: string, level?: ManualLevel): Promise<void> {
  const flag = level && {
    targeting: always(level.level),
    metadata: { reason: level.reason, since: level.since },
  }
  return apply(cluster, namespace, {
    manager: manualManager,
    flags: flag ? { [degradationFlags.manual]: flag } : {},
  })
}

/** Sets the automatic level and the switches to what fires. */
export function writeAutomatic(cluster: Cluster, namespace: string, firing: Firing): Promise<void> {
  const level = automaticLevel(firing)
  const on = switchesOn(firing).map((name) => [name, { targeting: always('on') }])
  const flag = {
    ...(level === 'L1' ? {} : { targeting: always(level) }),
    metadata: { firing: JSON.stringify(firing) },
  }
  return apply(cluster, namespace, {
    manager: automaticManager,
    flags: { [degradationFlags.automatic]: flag, ...Object.fromEntries(on) },
  })
}

interface Applied {
  manager: string
  flags: JsonObject
}

/** Server-side apply: what this manager set before and does not say again is removed. */
async function apply(cluster: Cluster, namespace: string, { manager, flags }: Applied): Promise<void> {
  const response = await cluster.request({
    method: 'PATCH',
    path: `${pathOf(namespace)}?fieldManager=${manager}&force=true`,
    contentType: 'application/apply-patch+yaml',
    body: {
      apiVersion,
      kind: 'FeatureFlag',
      metadata: { name: degradationFlags.object, namespace },
      spec: { flagSpec: { flags } },
    },
  })
  if (response.status >= 300) throw failureOf(response, reference(namespace))
}

function levelOf(flag: Flag | undefined): LevelName {
  return levelNames.find((name) => name === alwaysOf(flag?.targeting)) ?? 'L1'
}

function flagsOf(object: JsonObject): Record<string, Flag> {
  const { spec } = object as { spec?: { flagSpec?: { flags?: Record<string, Flag> } } }
  return spec?.flagSpec?.flags ?? {}
}

function pathOf(namespace: string): string {
  return `/apis/core.openfeature.dev/v1beta1/namespaces/${namespace}/featureflags/${degradationFlags.object}`
}

const apiVersion = 'core.openfeature.dev/v1beta1'

function reference(namespace: string) {
  return { apiVersion, kind: 'FeatureFlag', namespace, name: degradationFlags.object }
}
