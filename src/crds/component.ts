/** One kind as its definition serves it. */
export interface DefinedKind {
  kind: string
  group: string
  /** As in paths; with the group the name of the definition: `scaledobjects.keda.sh`. */
  plural: string
  scope: 'Namespaced' | 'Cluster'
  /** The versions that `iv` may write; the first is the one that a stand-in stores. */
  versions: readonly [string, ...string[]]
}

/** A Go module that carries the definitions as the project publishes them. */
export interface DefinitionModule {
  path: string
  version: string
  /** `h1:` hash of the module as `go mod download` prints it: what was reviewed, or nothing. */
  sum: string
  /** Folders of the module in which the definitions lie. */
  folders: readonly string[]
}

export const componentNames = [
  'argo-rollouts',
  'chaos-mesh',
  'cloudnative-pg',
  'envoy-gateway',
  'external-dns',
  'inference-extension',
  'k6-operator',
  'k8gb',
  'karpenter',
  'karpenter-kwok',
  'keda',
  'kueue',
  'llm-d-router',
  'open-feature-operator',
  'prometheus-operator',
  'pyrra',
  'velero',
] as const
/** Also the name of its folder in a directory of definitions. */
export type ComponentName = (typeof componentNames)[number]

/** What a cluster must have for some of the platform's objects to mean anything. */
export interface Component {
  name: ComponentName
  /** What reconciles the kinds, for people. */
  operator: string
  /** The version that `iv` writes for. */
  version: string
  /** Where its makers say how it is installed. */
  documentation: string
  /** One line of a shell; absent where there is no line that is right for every cluster. */
  install?: string
  module?: DefinitionModule
  kinds: readonly DefinedKind[]
}

/** Name of the definition: `scaledobjects.keda.sh`. */
export function definitionName({ plural, group }: Pick<DefinedKind, 'plural' | 'group'>): string {
  return `${plural}.${group}`
}
