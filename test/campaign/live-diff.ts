/**
 * `npm run campaign:live-diff [objects]`: so many objects of real regions on a real API server, unchanged, compared with
 * what is wanted. Beside it, in the same run, the control: the same kinds listed as metadata alone.
 */
import type { Cluster } from '../../src/cluster/cluster.ts'
import type { DiffObject } from '../../src/diff/change.ts'
import { distinctBy } from '../../src/diff/distinct.ts'
import { diffLive } from '../../src/diff/live.ts'
import { annotations, labels } from '../../src/names.ts'
import { objectsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { examplePlatform } from '../platform/example.ts'
import { apply } from '../sandbox/planned.ts'
import { writeResult } from './result.ts'
import { withSandbox } from './sandbox.ts'

const wantedCount = Number(process.argv[2] ?? 5000)
const goalMs = 1500
const owner = 'campaign/local.us-east'
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

/** As many whole regions as give that many objects, each under names of its own. */
function planned(): DiffObject[] {
  const objects: DiffObject[] = []
  for (let index = 0; objects.length < wantedCount; index += 1) {
    const plan = planRegion(examplePlatform({ name: `p${index}` }), 'us-east')
    for (const object of structuredClone(objectsOf(plan))) {
      object.metadata.labels[labels.partOf] = 'campaign'
      object.metadata.annotations[annotations.stack] = owner
      objects.push(object as unknown as DiffObject)
    }
  }
  return objects.slice(0, wantedCount)
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now()
  const value = await work()
  return { value, ms: Math.round(performance.now() - began) }
}

async function listMetadata(cluster: Cluster, kinds: readonly DiffObject[]): Promise<void> {
  await Promise.all(
    kinds.map(async ({ apiVersion, kind }) => {
      const path = await cluster.pathOf({ apiVersion, kind })
      const query = `labelSelector=${encodeURIComponent(`${labels.partOf}=campaign`)}`
      await cluster.request({ method: 'GET', path: `${path}?${query}`, accept: metadataOnly })
    }),
  )
}

const result = await withSandbox(async ({ connect, region }) => {
  const cluster = await connect()
  const objects = planned()
  const kinds = distinctBy(objects, ({ apiVersion, kind }) => `${apiVersion} ${kind}`)
  const waves = Map.groupBy(objects, ({ kind }) => kind === 'Namespace')
  for (const wave of [waves.get(true) ?? [], waves.get(false) ?? []]) {
    for (let start = 0; start < wave.length; start += 16) {
      await Promise.all(
        wave.slice(start, start + 16).map((object) => apply(cluster, object, { dryRun: false })),
      )
    }
  }
  const input = { region, cluster, planned: objects, owner, platform: 'campaign', kinds }
  const runs: { unchangedMs: number; metadataMs: number }[] = []
  let changes = 0
  for (let run = 0; run < 5; run += 1) {
    const metadata = await timed(() => listMetadata(cluster, kinds))
    const compared = await timed(() => diffLive(input))
    changes += compared.value.changes.length
    runs.push({ unchangedMs: compared.ms, metadataMs: metadata.ms })
  }
  cluster.close()
  const sorted = runs.map(({ unchangedMs }) => unchangedMs).toSorted((left, right) => left - right)
  return { objects: objects.length, kinds: kinds.length, changes, goalMs, medianMs: sorted[2] ?? 0, runs }
})
await writeResult('live-diff', result)
if (result.changes > 0) process.exitCode = 1
