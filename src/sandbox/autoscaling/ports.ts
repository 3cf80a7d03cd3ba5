import type { ComponentName as Operator } from '../../crds/component.ts'

/** Parts of a sandbox that are there only where they are asked for. */
export const sandboxParts = ['autoscaling'] as const
export type SandboxPart = (typeof sandboxParts)[number]

/**
 * What scales pods and nodes, per region. The first port of each is the one that says whether it is ready; the others
 * are what these programs open besides.
 */
export const autoscalingPorts = {
  prometheus: [],
  'keda-operator': ['metricsService', 'metrics'],
  'keda-adapter': ['metrics'],
  karpenter: ['metrics'],
} as const satisfies Record<string, readonly string[]>
export type AutoscalingComponent = keyof typeof autoscalingPorts
export const autoscalingComponents = Object.keys(autoscalingPorts) as AutoscalingComponent[]

/** Whose custom kinds the programs want to find, used or not. */
export const autoscalingOperators: readonly Operator[] = ['keda', 'karpenter', 'karpenter-kwok']

export function hasAutoscaling({ components }: { components: readonly { name: string }[] }): boolean {
  return components.some(({ name }) => autoscalingComponents.some((each) => each === name))
}
