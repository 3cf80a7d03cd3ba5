import type { PlatformObject } from '../kubernetes.ts'
import { namespaceName } from '../names.ts'
import { tierOf } from '../tiers.ts'
import type { WorkName } from '../work.ts'
import { type SystemContext, type SystemName, systemMetadata } from './system-plan.ts'

/** Files for the pods of one workload, in its namespace. */
export function configMap(
  context: SystemContext,
  { system, name, reader }: { system: SystemName; name: string; reader: WorkName },
  data: Record<string, string>,
): PlatformObject {
  const namespace = namespaceName(context.identity.platform, tierOf(reader))
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: systemMetadata(context, system, { name, namespace, app: reader }),
    data,
  }
}
