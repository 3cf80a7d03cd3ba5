import { middle, type PriceBook } from '../../capacity/price-book.ts'
import { milli } from '../../platform/canonical.ts'
import type { Platform } from '../../spec/platform.ts'
import { type NodeShape, shapeNames } from '../../spec/schema/pool.ts'

/** What Karpenter's kwok provider keeps back of every machine, so that a pod of the whole shape still fits. */
const reservedMilliCpu = 100
const reservedMebibytes = 10

/** Of the on-demand price; the document's strategies put spot at 60–70 % off. */
const spotShare = 0.35

interface Offering {
  Price: number
  Available: true
  Requirements: { key: string; operator: 'In'; values: string[] }[]
}

/** One entry of the file that `-instance-types-file-path` names, in the form that Karpenter's kwok provider reads. */
export interface InstanceType {
  name: string
  architecture: 'amd64'
  operatingSystems: ['linux']
  resources: Record<string, string>
  offerings: Offering[]
}

/**
 * The machines that Karpenter may choose from in a region: each shape of the specification, in each of its zones, on
 * demand and as spot, at the middle of the price book's range. Which shape a NodePool gets is its requirement.
 */
export function instanceTypes(platform: Platform, region: string, prices: PriceBook): InstanceType[] {
  const { nodeShapes, regions } = platform.specification
  const zones = regions[region]?.zones ?? []
  return shapeNames.flatMap((shape) => {
    const hourly = middle(prices.nodes[shape])
    // The types that the shape names, else a type of the shape's own name.
    return (nodeShapes[shape].instanceTypes ?? [shape]).map((name) => ({
      name,
      architecture: 'amd64',
      operatingSystems: ['linux'],
      resources: resourcesOf(nodeShapes[shape]),
      offerings: zones.flatMap((zone) => [
        offering(zone, 'on-demand', hourly),
        offering(zone, 'spot', hourly * spotShare),
      ]),
    }))
  })
}

function resourcesOf(shape: NodeShape): Record<string, string> {
  const bytes = shape.memory.amount + reservedMebibytes * 2 ** 20
  return {
    cpu: milli(Math.ceil(shape.cpu.amount * 1000) + reservedMilliCpu),
    memory: String(Math.ceil(bytes)),
    pods: String(shape.maxPods),
    'ephemeral-storage': '200Gi',
    ...(shape.gpus > 0 ? { 'nvidia.com/gpu': String(shape.gpus) } : {}),
  }
}

function offering(zone: string, capacityType: 'on-demand' | 'spot', price: number): Offering {
  const requirement = (key: string, value: string) => ({ key, operator: 'In' as const, values: [value] })
  return {
    Price: price,
    Available: true,
    Requirements: [
      requirement('karpenter.sh/capacity-type', capacityType),
      requirement('topology.kubernetes.io/zone', zone),
    ],
  }
}
