/** The external programs that `iv` drives: `core` is what every sandbox needs, the others come with a part of it. */
export const toolSets = {
  core: ['pulumi', 'etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'kubectl'],
  autoscaling: ['prometheus', 'keda-operator', 'keda-adapter', 'karpenter'],
  media: ['livekit-server'],
  checks: ['promtool'],
} as const
export type ToolSetName = keyof typeof toolSets
export type ToolName = (typeof toolSets)[ToolSetName][number]

/** What `iv toolchain install --with` takes; `checks` is what the tests of this repository judge configuration with. */
export const addonNames = ['autoscaling', 'media', 'checks'] as const satisfies readonly ToolSetName[]
export type AddonName = (typeof addonNames)[number]

export const coreTools: readonly ToolName[] = toolSets.core
export const toolNames: readonly ToolName[] = Object.values(toolSets).flat()

/** Where a program was found, in the order in which the places are tried. */
export type ToolSource = 'path' | 'cache' | 'release' | 'build'

export interface LocatedTool {
  name: ToolName
  version: string
  path: string
  source: ToolSource
}

export interface Toolchain {
  /** Looks only (PATH, then cache); installs nothing. */
  find(name: ToolName): Promise<LocatedTool | undefined>
  /** Finds or installs all of them, with progress events. @throws Failure OPERATION naming what was tried. */
  ensure(names: readonly ToolName[]): Promise<ReadonlyMap<ToolName, LocatedTool>>
}
