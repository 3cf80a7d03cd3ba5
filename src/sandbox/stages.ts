import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { labels } from '../names.ts'
import type { Paths } from '../paths.ts'
import type { Platform } from '../spec/platform.ts'
import type { SimulatedStartup } from './record.ts'

/** Pods that belong to no pool or workload (system pods, jobs) are ready after this, whatever the time scale. */
const otherStartupMs = 100

interface Stage {
  metadata: { name: string }
  spec: {
    selector: {
      matchLabels?: Record<string, string>
      matchExpressions: { key: string; operator: string; values?: string[] }[]
    }
    delay?: { durationMilliseconds: number }
  }
}

/** The specification's start-up time of every pool and workload, divided by the time scale; at least 1 ms. */
export function simulateStartups(platform: Platform, timeScale: number): SimulatedStartup[] {
  const { pools, workloads } = platform.specification
  return Object.entries({ ...pools, ...workloads }).map(([pool, { startup }]) => ({
    pool,
    specified: startup.toString(),
    simulatedMs: Math.max(1, Math.round(startup.ms / timeScale)),
  }))
}

/** kwok's whole configuration: its options and the stages that nodes and pods go through. YAML documents. */
export async function renderKwokConfiguration(
  paths: Pick<Paths, 'packageRoot'>,
  startups: readonly SimulatedStartup[],
): Promise<string> {
  const folder = join(paths.packageRoot, 'templates', 'sandbox')
  const options = await readFile(join(folder, 'kwok-configuration.yaml'), 'utf8')
  const files = (await readdir(join(folder, 'stages'))).sort()
  const stages = await Promise.all(
    files.map(async (file) => parse(await readFile(join(folder, 'stages', file), 'utf8')) as Stage),
  )
  const played = stages.flatMap((stage) =>
    stage.metadata.name === 'pod-ready' ? readyStages(stage, startups) : [stage],
  )
  return [options, ...played.map((stage) => stringify(stage, { lineWidth: 0 }))].join('---\n')
}

/** One stage per pool or workload, and one for everything else: together they match every pod exactly once. */
function readyStages(template: Stage, startups: readonly SimulatedStartup[]): Stage[] {
  const { matchExpressions } = template.spec.selector
  const ofPool = startups.map(({ pool, simulatedMs }) => ({
    ...template,
    metadata: { name: `${template.metadata.name}-${pool}` },
    spec: {
      ...template.spec,
      selector: { matchLabels: { [labels.pool]: pool }, matchExpressions },
      delay: { durationMilliseconds: simulatedMs },
    },
  }))
  const noPool = {
    key: `.metadata.labels["${labels.pool}"]`,
    operator: 'NotIn',
    values: startups.map(({ pool }) => pool),
  }
  const other = {
    ...template,
    metadata: { name: `${template.metadata.name}-other` },
    spec: {
      ...template.spec,
      selector: { matchExpressions: [...matchExpressions, noPool] },
      delay: { durationMilliseconds: otherStartupMs },
    },
  }
  return [...ofPool, other]
}
