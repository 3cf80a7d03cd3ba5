import type { Collaborators } from '../collaborators.ts'
import { isAlive } from '../process/identity.ts'
import type { Report } from '../report/report.ts'
import { hasAutoscaling } from './autoscaling/ports.ts'
import { apiServerUrl } from './kubeconfig.ts'
import { sandboxContext, sandboxKubeconfig } from './places.ts'
import { memoryOf } from './processes.ts'
import { readSandbox } from './read.ts'
import type {
  ComponentName,
  ComponentRecord,
  DefinitionRecord,
  RegionRecord,
  SandboxRecord,
  SimulatedStartup,
} from './record.ts'

export type ComponentState = 'running' | 'crashed' | 'stopped'

export interface ComponentStatus {
  name: ComponentName
  state: ComponentState
  /** Null unless running. */
  pid: number | null
  port: number
  rssBytes: number | null
}

export interface RegionStatus {
  name: string
  /** `degraded`: some components run and some do not. */
  state: 'running' | 'degraded' | 'stopped'
  server: string
  context: string
  components: readonly ComponentStatus[]
  /** The custom kinds that it serves. No operator runs here: objects of them are accepted, not reconciled. */
  definitions: readonly DefinitionRecord[]
}

export interface LocalData {
  state: 'running' | 'degraded' | 'stopped' | 'absent'
  /** Null where there is no sandbox. */
  timeScale: number | null
  startups: readonly SimulatedStartup[]
  simulated: readonly string[]
  kubeconfig: string
  /** Memory of all processes together; pages that several share count once. */
  memoryBytes: number
  /** What serves all regions: etcd. */
  shared: readonly ComponentStatus[]
  regions: readonly RegionStatus[]
}

/** What is not real here. Everything else (scheduler, controllers, admission, storage) is the production program. */
const simulatedParts = [
  'nodes and their kubelets',
  'containers, images and probes',
  'pod and service network',
  'start-up times, divided by the time scale',
] as const

/** Nobody acts on objects of custom kinds, except where the programs of the autoscaling plane run. */
function operators(record: SandboxRecord | undefined): string {
  const scaled = (record?.regions ?? []).filter(hasAutoscaling).map(({ name }) => name)
  const real = scaled.length === 0 ? '' : `; KEDA and Karpenter are real in ${scaled.join(', ')}`
  return `operators: objects of custom kinds are accepted, not reconciled${real}`
}

/** Looks at the sandbox of the project and changes nothing. */
export async function localStatus(
  _input: Record<never, never>,
  c: Pick<Collaborators, 'paths'>,
): Promise<Report<LocalData>> {
  const data = await observeSandbox(c)
  return { kind: 'LocalStatus', data, environment: 'local', regions: data.regions.map(({ name }) => name) }
}

export async function observeSandbox(c: Pick<Collaborators, 'paths'>): Promise<LocalData> {
  const record = await readSandbox(c.paths)
  const etcd = record ? [await observeComponent(record.etcd)] : []
  const observed = await Promise.all((record?.regions ?? []).map(observeRegion))
  const all = [...etcd, ...observed.flatMap(({ components }) => components)]
  const shared = etcd.map(({ status }) => status)
  const regions = observed.map(({ region, components }) => regionStatus(region, components))
  return {
    state: record ? overallState(shared, regions) : 'absent',
    timeScale: record?.timeScale ?? null,
    startups: record?.startups ?? [],
    simulated: [...simulatedParts, operators(record)],
    kubeconfig: sandboxKubeconfig(c.paths),
    memoryBytes: all.reduce((sum, { pssBytes }) => sum + pssBytes, 0),
    shared,
    regions,
  }
}

function regionStatus(region: RegionRecord, observed: readonly Observed[]): RegionStatus {
  const components = observed.map(({ status }) => status)
  return {
    name: region.name,
    state: summarize(components),
    server: apiServerUrl(region),
    context: sandboxContext(region.name),
    components,
    definitions: region.definitions ?? [],
  }
}

interface Observed {
  status: ComponentStatus
  pssBytes: number
}

async function observeRegion(
  region: RegionRecord,
): Promise<{ region: RegionRecord; components: Observed[] }> {
  return { region, components: await Promise.all(region.components.map(observeComponent)) }
}

async function observeComponent({ name, port, process }: ComponentRecord): Promise<Observed> {
  const alive = process !== undefined && isAlive(process)
  const memory = alive ? await memoryOf(process.pid) : undefined
  return {
    status: {
      name,
      state: alive ? 'running' : process ? 'crashed' : 'stopped',
      pid: alive ? process.pid : null,
      port,
      rssBytes: memory?.rssBytes ?? null,
    },
    pssBytes: memory?.pssBytes ?? 0,
  }
}

function summarize(components: readonly ComponentStatus[]): RegionStatus['state'] {
  if (components.every(({ state }) => state === 'running')) return 'running'
  return components.every(({ state }) => state === 'stopped') ? 'stopped' : 'degraded'
}

/** A region that was stopped on purpose does not make the sandbox degraded; one half of which is missing does. */
function overallState(
  shared: readonly ComponentStatus[],
  regions: readonly RegionStatus[],
): RegionStatus['state'] {
  const states = [summarize(shared), ...regions.map(({ state }) => state)]
  if (states.every((state) => state === 'stopped')) return 'stopped'
  return states.includes('degraded') || states[0] !== 'running' ? 'degraded' : 'running'
}
