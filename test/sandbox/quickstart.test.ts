import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectCluster } from '../../src/cluster/connect.ts'
import { sandboxContext } from '../../src/sandbox/places.ts'
import { inTime } from '../support/figures.ts'
import { repository } from '../support/iv.ts'
import { touches } from '../support/touches.ts'

/** The README's first command in a checkout of its own; dependencies and programs come from this machine's caches. */

let checkout: string

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'iv-quickstart-'))
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  })
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    await mkdir(dirname(join(checkout, file)), { recursive: true })
    await cp(join(repository, file), join(checkout, file))
  }
  // Hard links, never a symbolic one: what quickstart does to its dependencies must not reach ours.
  execFileSync('cp', ['-a', '--link', join(repository, 'node_modules'), checkout])
  await cp(join(repository, 'package-lock.json'), join(checkout, 'node_modules', '.iv-lock'))
})
afterAll(async () => {
  await run('bin/iv', ['local', 'reset', '--yes'])
  await rm(checkout, { recursive: true, force: true })
})

function run(file: string, args: readonly string[] = []) {
  return execa(join(checkout, file), [...args], { cwd: checkout, reject: false, timeout: 170_000 })
}

async function quickstart(): Promise<void> {
  const { exitCode, stderr, stdout } = await run('bin/quickstart')
  expect(exitCode, String(stderr)).toBe(0)
  expect(stdout).toContain('What to try next')
}

const expected = { sfu: 3, asr: 5, tts: 5, llm: 2, evaluation: 3, api: 3 }
const shapeOf = {
  sfu: 'media',
  asr: 'speech',
  tts: 'speech',
  llm: 'gpu-8',
  evaluation: 'evaluation',
  api: 'general',
  conductor: 'general',
  'session-router': 'general',
  recording: 'general',
  notification: 'general',
  'fallback-speech': 'speech',
}

interface Item {
  metadata: { name: string; labels: Record<string, string> }
  spec: { nodeName?: string; containers?: { resources: { limits?: Record<string, string> } }[] }
}

async function items(path: string): Promise<Item[]> {
  const kubeconfig = join(checkout, '.iv', 'local', 'kubeconfig')
  const cluster = await connectCluster({ kubeconfig, context: sandboxContext('us-east') })
  const { body } = await cluster.request({ method: 'GET', path })
  cluster.close()
  return body['items'] as Item[]
}

test('quickstart ends with every pool of us-east at its minimum, on its own shape only', async () => {
  touches('engine', 'api-server')
  await quickstart()
  const { stdout } = await run('bin/iv', ['status', '--region', 'us-east', '--json'])
  const [region] = JSON.parse(String(stdout)).data.regions as {
    pools: { name: string; ready: number; desired: number }[]
  }[]
  const ready = Object.fromEntries((region?.pools ?? []).map((pool) => [pool.name, pool.ready]))
  expect(ready).toEqual(expected)

  const shapes = new Map(
    (await items('/api/v1/nodes')).map(({ metadata }) => [metadata.name, metadata.labels['iv.dev/shape']]),
  )
  const pods = await items('/api/v1/pods?labelSelector=iv.dev/pool')
  const placed = pods.map(({ metadata, spec }) => [
    metadata.labels['iv.dev/pool'],
    shapes.get(spec.nodeName ?? ''),
  ])
  expect(new Set(placed.map((pair) => pair.join(' on ')))).toEqual(
    new Set(Object.entries(shapeOf).map((pair) => pair.join(' on '))),
  )
  const gpus = pods
    .filter(({ metadata }) => metadata.labels['iv.dev/pool'] === 'llm')
    .map(({ spec }) => spec.containers?.[0]?.resources.limits?.['nvidia.com/gpu'])
  expect(gpus).toEqual(['8', '8'])
})

test('a second quickstart is safe', async () => {
  touches('engine', 'api-server')
  await inTime('second quickstart', 40, quickstart)
})
