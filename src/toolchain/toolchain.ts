/** The external programs that `iv` drives. */
export const toolNames = [
  'pulumi',
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'kubectl',
] as const
export type ToolName = (typeof toolNames)[number]

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
