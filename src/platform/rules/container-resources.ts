import type { Resources } from '../../spec/schema/pool.ts'
import { canonical } from '../canonical.ts'
import type { ContainerResources } from '../pod.ts'

/**
 * Memory is limited to what is requested, so that no neighbour pays for a leak; CPU is limited only where the
 * specification says so, because throttling is heard in real-time audio. GPUs are whole.
 */
export function containerResources({ cpu, memory, cpuLimit, gpus }: Resources): ContainerResources {
  const gpu: Record<string, string> = gpus > 0 ? { 'nvidia.com/gpu': String(gpus) } : {}
  const limit: Record<string, string> = cpuLimit === undefined ? {} : { cpu: canonical(cpuLimit) }
  return {
    requests: { cpu: canonical(cpu), memory: canonical(memory), ...gpu },
    limits: { ...limit, memory: canonical(memory), ...gpu },
  }
}
