import { definitionName, type DefinedKind } from './component.ts'
import type { Definition } from './definition.ts'

/**
 * A stand-in for a definition that is not to be had: right in names, scope and versions, and accepting every field.
 * What is written to it is stored and proves nothing.
 */
export function stubOf({ kind, group, plural, scope, versions }: DefinedKind): Definition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: definitionName({ plural, group }), annotations: approval(group) },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope,
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        subresources: { status: {} },
      })),
    },
  }
}

/** Groups of the community are protected: an API server serves a definition there only if it says on what grounds. */
function approval(group: string): Record<string, string> {
  const isProtected = /(^|\.)(k8s|kubernetes)\.io$/.test(group)
  return isProtected ? { 'api-approved.kubernetes.io': 'unapproved, a stand-in in a sandbox' } : {}
}
