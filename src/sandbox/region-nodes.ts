import type { NodePlan } from '../platform/region-plan.ts'
import type { SandboxClient } from './client.ts'
import { isReady, listNodes } from './nodes.ts'
import { componentLogFile } from './places.ts'
import { componentOf, type RegionRecord } from './record.ts'
import type { Session } from './session.ts'
import { awaitReady } from './wait.ts'

const nodesReadyWithinMs = 60_000

/** Returns when every planned node is Ready, which kwok's stages bring about. */
export async function awaitNodes(
  input: { region: RegionRecord; nodes: readonly NodePlan[]; client: SandboxClient },
  { c }: Session,
): Promise<void> {
  const { region, client } = input
  const wanted = new Set(input.nodes.map(({ name }) => name))
  await awaitReady(
    {
      component: 'nodes',
      region: region.name,
      identity: componentOf(region, 'kwok').process,
      logFile: componentLogFile(c.paths, { name: 'kwok', region: region.name }),
      deadlineMs: nodesReadyWithinMs,
      check: async () => {
        const nodes = await listNodes(client)
        return nodes.filter((node) => wanted.has(node.metadata.name) && isReady(node)).length === wanted.size
      },
    },
    c,
  )
  c.host.notify('local.nodes', { ready: wanted.size, total: wanted.size }, region.name)
}
