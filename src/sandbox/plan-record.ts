import { autoscalingComponents, autoscalingPorts } from './autoscaling/ports.ts'
import { sandboxFolder } from './places.ts'
import type { Paths } from '../paths.ts'
import { choosePorts } from './ports.ts'
import {
  allComponents,
  type ComponentRecord,
  regionComponents,
  type RegionRecord,
  type SandboxRecord,
} from './record.ts'
import type { SimulatedStartup } from './record.ts'

/**
 * The record that an `up` aims at: what is known keeps its ports and numbers, what is new gets its own.
 * @throws Failure `OPERATION` when there are too few free ports.
 */
export async function planRecord(
  known: SandboxRecord | undefined,
  input: {
    regions: readonly string[]
    /** Whether they get the programs that scale pods and nodes; what a region has it keeps. */
    autoscaling?: boolean
    timeScale: number
    startups: readonly SimulatedStartup[]
    paths: Paths
  },
): Promise<SandboxRecord> {
  const { timeScale, startups } = input
  const regions = known?.regions ?? []
  const added = input.regions.filter((name) => !regions.some((region) => region.name === name))
  const choose = portsFor(known, sandboxFolder(input.paths))
  const base = known ?? (await freshRecord(choose))
  const highest = Math.max(-1, ...regions.map(({ index }) => index))
  const ports = await choose(added.length * regionComponents.length)
  const news = added.map(
    (name, order): RegionRecord => ({
      name,
      index: highest + 1 + order,
      components: regionComponents.map((component, position) => ({
        name: component,
        port: ports[order * regionComponents.length + position] ?? 0,
      })),
    }),
  )
  const all = [...regions, ...news]
  for (const region of all) {
    if (input.autoscaling && input.regions.includes(region.name)) await addAutoscaling(region, choose)
  }
  return { ...base, timeScale, startups, regions: all }
}

async function addAutoscaling(region: RegionRecord, choose: ChoosePorts): Promise<void> {
  const missing = autoscalingComponents.filter(
    (name) => !region.components.some((each) => each.name === name),
  )
  for (const name of missing) {
    const purposes = autoscalingPorts[name]
    const [port = 0, ...others] = await choose(1 + purposes.length)
    const otherPorts = Object.fromEntries(purposes.map((purpose, index) => [purpose, others[index] ?? 0]))
    region.components.push({ name, port, otherPorts })
  }
}

type ChoosePorts = (count: number) => Promise<number[]>

/** Free ports that nothing of this sandbox, running or not, has been given. */
function portsFor(known: SandboxRecord | undefined, seed: string): ChoosePorts {
  const taken = new Set(
    known ? [known.etcdPeerPort, ...allComponents(known).flatMap(({ component }) => portsOf(component))] : [],
  )
  return async (count) => {
    const ports = await choosePorts(count, { seed, taken })
    for (const port of ports) taken.add(port)
    return ports
  }
}

function portsOf({ port, otherPorts = {} }: ComponentRecord): number[] {
  return [port, ...Object.values(otherPorts)]
}

async function freshRecord(choose: ChoosePorts): Promise<SandboxRecord> {
  const [port = 0, etcdPeerPort = 0] = await choose(2)
  return { version: 1, timeScale: 1, startups: [], etcd: { name: 'etcd', port }, etcdPeerPort, regions: [] }
}
