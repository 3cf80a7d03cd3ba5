import { runtime } from '@pulumi/pulumi'
import { planRegion } from '../../src/platform/plan.ts'
import { regionProgram } from '../../stacks/region.ts'
import { stackRegions, variedPlatform } from './varied.ts'

/** What the stack registered for one resource. */
export interface Registration {
  type: string
  name: string
  inputs: unknown
  parent: string
  dependsOn: string[]
  deleteBeforeReplace: boolean
  protect: boolean
  timeouts: { create: string; update: string }
}

export interface Recording {
  registrations: Registration[]
  outputs: unknown
}

/** By region. */
export type Recordings = Record<string, Recording>

interface Request {
  getType(): string
  getName(): string
  getParent(): string
  getDependenciesList(): string[]
  getDeletebeforereplace(): boolean
  getProtect(): boolean
  getCustomtimeouts(): { getCreate(): string; getUpdate(): string } | undefined
  getObject(): { toJavaScript(): unknown } | undefined
}

let registrations: Registration[] = []

// Runs the stack of every region against a recorder, one after the other, and prints what each registered. A process of its own, because the mocks of
// Pulumi are global and cannot be taken back.
await runtime.setMocks(
  {
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
    call: () => ({}),
  },
  'interview',
  'local.us-east',
)

const monitor = runtime.getMonitor() as unknown as {
  registerResource(request: Request, callback: unknown): unknown
}
const register = monitor.registerResource.bind(monitor)
monitor.registerResource = (request, callback) => {
  const timeouts = request.getCustomtimeouts()
  registrations.push({
    type: request.getType(),
    name: request.getName(),
    inputs: request.getObject()?.toJavaScript(),
    parent: request.getParent(),
    dependsOn: request.getDependenciesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    protect: request.getProtect(),
    timeouts: { create: timeouts?.getCreate() ?? '', update: timeouts?.getUpdate() ?? '' },
  })
  return register(request, callback)
}

const recordings: Recordings = {}
for (const region of stackRegions) {
  registrations = []
  const program = regionProgram(planRegion(variedPlatform(), region), {
    provider: 'bundled',
    cluster: { kubeconfig: process.argv[2], context: `iv-local-${region}` },
  })
  let outputs: unknown
  await runtime.runInPulumiStack(async () => {
    outputs = await program()
    return {}
  })
  // Not in the types: the program returns before its last resources have arrived.
  await (runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs()
  recordings[region] = { registrations, outputs }
}
process.stdout.write(JSON.stringify(recordings))
