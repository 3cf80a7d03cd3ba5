import { namespaceName } from '../names.ts'
import { tierOf } from '../tiers.ts'
import { jsonDocument } from './json.ts'
import { type SystemContext, type SystemName, systemMetadata } from './system-plan.ts'

export interface NamedDocument {
  name: string
  content: object
}

/** A document that programs and people read, as the ConfigMap `name` with the key `<name>.json`, beside the conductor. */
export function documentMap(context: SystemContext, system: SystemName, { name, content }: NamedDocument) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: systemMetadata(context, system, {
      name,
      namespace: namespaceName(context.identity.platform, tierOf('conductor')),
    }),
    data: { [`${name}.json`]: jsonDocument(content) },
  }
}
