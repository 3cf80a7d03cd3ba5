import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { makePaths } from '../../src/paths.ts'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { fitCase } from '../campaign/fit-case.ts'
import { runCases } from '../campaign/fit-run.ts'
import { iv } from '../support/iv.ts'
import { touches } from '../support/touches.ts'

const project = inject('sandboxProject')
let cluster: Cluster
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iv-snapshot-'))
  const paths = makePaths({ packageRoot: '', project, environment: {} })
  cluster = await connectCluster({ kubeconfig: sandboxKubeconfig(paths), context: sandboxContext('us-west') })
})

afterAll(async () => {
  cluster.close()
  await rm(folder, { recursive: true, force: true })
})

describe('placement', () => {
  it.each([1, 7, 13])('agrees with the real scheduler on six cases from seed %i on', async (first) => {
    touches('api-server')
    const cases = Array.from({ length: 6 }, (_, index) => fitCase(first + index))
    const outcomes = await runCases(cluster, cases)
    expect(outcomes.filter(({ agrees }) => !agrees)).toEqual([])
  })
})

describe('a snapshot of a live region', () => {
  it('is saved without host names, shown, and planned with', async () => {
    touches('api-server')
    const file = join(folder, 'snapshot.json')
    const options = { cwd: project, env: process.env, deadlineMs: 60_000 }
    const saved = await iv(['snapshot', 'save', '-r', 'us-west', '--out', file, '--json'], options)
    expect([saved.exitCode, saved.json.kind]).toEqual([0, 'SnapshotResult'])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).not.toMatch(/us-west-media|annotations|image/)
    const shown = await iv(['snapshot', 'show', file, '--json'], options)
    expect(shown.json.data['digest']).toBe(saved.json.data['digest'])
    const args = ['capacity-plan', 'fit', '-r', 'us-west', '--add', 'asr=2', '--json']
    const [live, offline] = [await iv(args, options), await iv([...args, '--snapshot', file], options)]
    expect(live.json.data['fits']).toBe(true)
    const figures = ({ json }: typeof live): unknown =>
      (json.data['pools'] as { placed: number; shortBy: number; reason: string | null }[]).map(
        ({ placed, shortBy, reason }) => ({ placed, shortBy, reason }),
      )
    expect(figures(offline)).toEqual(figures(live))
    expect(offline.json.inputs.snapshot).toBe(saved.json.data['digest'])
    const much = await iv(
      ['capacity-plan', 'fit', '-r', 'us-west', '--add', 'llm=500', '--snapshot', file],
      options,
    )
    expect([much.exitCode, much.stdout]).toEqual([5, expect.stringContaining('does not fit')])
  })
})
