import { execa } from 'execa'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { stateFile } from '../../src/engine/state-file.ts'
import type { LockRow } from '../../src/report/locks.ts'
import { iv, startIv } from '../support/iv.ts'

export const targets = ['iv', 'engine', 'both'] as const
export type KillTarget = (typeof targets)[number]
export type Phase = 'create' | 'update' | 'destroy'

export interface KillSite {
  cluster: Cluster
  /** Folder of a project whose sandbox has the region up. */
  project: string
  region: string
}

export interface KillInput {
  phase: Phase
  target: KillTarget
  /** After the first object was changed. */
  delayMs: number
  /** `destroy` after a cut create: everything has to go, also what was never recorded. */
  next: 'deploy' | 'destroy'
}

export interface KillResult extends KillInput {
  /** Whether the kill came while something was under way; a run that was faster counts for nothing. */
  hit: boolean
  /** In the state and not in the cluster; in the cluster and not in the state; made anew although finished. */
  lost: string[]
  orphaned: string[]
  replaced: string[]
  /** What of locks and pending operations was left. */
  leftovers: string[]
  /** What the next command could not do by itself. */
  manual: string[]
}

/** Kills one run at one instant, lets the next command go on, and compares cluster and state. */
export async function killOnce(site: KillSite, input: KillInput): Promise<KillResult> {
  if (input.phase === 'update') await toggleImages(site)
  const hit = await cutRun(site, input)
  const finished = await labelled(site.cluster)
  const next = await command(site, input.next)
  const manual =
    next.exitCode === 0 || isAbsent(input, next.exitCode) ? [] : [`exit ${next.exitCode}: ${next.stderr}`]
  const now = await labelled(site.cluster)
  const recorded = await inState(site)
  return {
    ...input,
    hit,
    lost: recorded.filter((name) => !now.has(name)),
    orphaned: [...now.keys()].filter((name) => !recorded.includes(name)),
    replaced:
      input.next === 'destroy'
        ? []
        : [...finished].flatMap(([name, uid]) => (now.get(name) === uid ? [] : [name])),
    leftovers: await leftovers(site),
    manual,
  }
}

/** A destroy that was cut at its very end has left nothing to destroy. */
function isAbsent({ next }: KillInput, exitCode: number): boolean {
  return next === 'destroy' && exitCode === 6
}

const commands = (region: string) => ({
  deploy: ['deploy', '--region', region, '--yes', '--no-tui'],
  destroy: ['destroy', '--region', region, '--confirm', region, '--no-tui'],
})
const options = (site: KillSite) => ({ cwd: site.project, env: process.env, deadlineMs: 120_000 })

export function command(site: KillSite, verb: 'deploy' | 'destroy'): ReturnType<typeof iv> {
  return iv(commands(site.region)[verb], options(site))
}

const firstChange = {
  create: /created \S+ interview/,
  update: /changing \S+ \.\.\./,
  destroy: /deleted \S+ interview/,
}

async function cutRun(site: KillSite, { phase, target, delayMs }: KillInput): Promise<boolean> {
  const child = startIv(commands(site.region)[phase === 'destroy' ? 'destroy' : 'deploy'], options(site))
  let text = ''
  const begun = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (firstChange[phase].test(text)) resolve()
    })
    void child.then(() => resolve())
  })
  let isRunning = true
  void child.then(() => (isRunning = false))
  await begun
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  const engines = await enginesOf(child.pid)
  const hit = isRunning && engines.length > 0
  if (target !== 'engine') child.kill('SIGKILL')
  if (target !== 'iv') for (const pid of engines) kill(pid)
  await child
  return hit
}

async function enginesOf(pid: number | undefined): Promise<number[]> {
  const { stdout } = await execa('pgrep', ['-P', String(pid), 'pulumi'], { reject: false })
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself a moment ago.
  }
}

/** Not of the stack: the region's lock, and what Kubernetes makes of a Service with its labels and no owner. */
const notOurs = ['Lease', 'Endpoints', 'Event']

interface Resource {
  kind: string
  path: string
}

/** Every kind that the server has and lists, at the version it prefers. */
async function listable(cluster: Cluster): Promise<Resource[]> {
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
  const lists = await Promise.all(
    ['/api', '/apis'].map(async (root) => {
      const { body } = await cluster.request({ method: 'GET', path: root, accept })
      const groups = body['items'] as {
        metadata?: { name?: string }
        versions: {
          version: string
          resources?: { resource: string; verbs: string[]; responseKind: { kind: string } }[]
        }[]
      }[]
      return groups.flatMap(({ metadata, versions: [preferred] }) =>
        (preferred?.resources ?? [])
          .filter(({ verbs }) => verbs.includes('list') && verbs.includes('delete'))
          .map(({ resource, responseKind: { kind } }) => ({
            kind,
            path: [root, ...(metadata?.name ? [metadata.name] : []), preferred?.version, resource].join('/'),
          })),
      )
    }),
  )
  return lists.flat().filter(({ kind }) => !notOurs.includes(kind))
}

interface Found {
  metadata: { name: string; namespace?: string; uid: string; ownerReferences?: unknown }
}

/** Every object that carries our label and that no controller made, `Kind namespace/name`, with its UID. */
async function labelled(cluster: Cluster): Promise<Map<string, string>> {
  const lists = await Promise.all(
    (await listable(cluster)).map(async ({ kind, path }) => {
      const query = '?labelSelector=app.kubernetes.io%2Fmanaged-by%3Div'
      const { body } = await cluster.request({ method: 'GET', path: path + query })
      const items = (body['items'] ?? []) as Found[]
      return items
        .filter(({ metadata }) => metadata.ownerReferences === undefined)
        .map(({ metadata }) => [nameOf(kind, metadata), metadata.uid] as const)
    }),
  )
  return new Map(lists.flat())
}

function nameOf(kind: string, { name, namespace }: { name: string; namespace?: string }): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}

interface StateResource {
  inputs?: { kind?: string; metadata?: { name: string; namespace?: string } }
}

async function inState(site: KillSite): Promise<string[]> {
  const name = { project: 'interview', stack: `local.${site.region}`, region: site.region }
  const file = stateFile(join(site.project, '.iv', 'state'), name)
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const { checkpoint } = JSON.parse(text) as { checkpoint?: { latest?: { resources?: StateResource[] } } }
  return (checkpoint?.latest?.resources ?? []).flatMap(({ inputs }) =>
    inputs?.kind !== undefined && inputs.metadata ? [nameOf(inputs.kind, inputs.metadata)] : [],
  )
}

async function leftovers(site: KillSite): Promise<string[]> {
  const { json } = await iv(['lock', 'status', '--region', site.region, '--json'], options(site))
  const [row] = json.data['locks'] as LockRow[]
  return [
    ...(row?.state === 'free' ? [] : [`lock ${row?.state}`]),
    ...(row?.engine ?? []).map((lock) => `engine lock of process ${lock.pid}`),
    ...(row?.pendingOperations === 0 ? [] : [`${row?.pendingOperations} pending operations`]),
  ]
}

let revision = 0

/** Pools that roll quickly get another image. */
async function toggleImages({ project }: KillSite): Promise<void> {
  revision += 1
  const image = (pool: string): string => `  ${pool}: { image: 'registry.example/${pool}:${revision}' }`
  const pools = ['asr', 'tts', 'evaluation', 'api'].map(image).join('\n')
  await writeFile(join(project, 'iv.yaml'), `apiVersion: iv/v1\npools:\n${pools}\n`)
}

/** Numbers from a seed, the same on every machine. */
export function seededDelays(seed: number): () => number {
  let state = seed
  return () => {
    // A linear congruential generator: instants only have to be spread, and to come again.
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** One round: a create, an update and a destroy, each cut once; the engine's own time for each is about so long. */
export function killsOf(round: number, random: () => number): KillInput[] {
  const target = (offset: number): KillTarget => targets[(round + offset) % targets.length] ?? 'iv'
  const delay = (upToMs: number): number => Math.round(random() * upToMs)
  return [
    { phase: 'create', target: target(0), delayMs: delay(2500), next: 'deploy' },
    { phase: 'update', target: target(1), delayMs: delay(2500), next: 'deploy' },
    { phase: 'destroy', target: target(2), delayMs: delay(2000), next: 'destroy' },
  ]
}

/** A result that is not as it has to be, in words. */
export function faultsOf(result: KillResult): string[] {
  const { phase, target, delayMs, lost, orphaned, replaced, leftovers: left, manual } = result
  const what = `${phase}, ${target} killed after ${delayMs} ms`
  return [
    ...lost.map((name) => `${what}: lost ${name}`),
    ...orphaned.map((name) => `${what}: orphaned ${name}`),
    ...replaced.map((name) => `${what}: made anew ${name}`),
    ...left.map((name) => `${what}: left ${name}`),
    ...manual.map((text) => `${what}: ${text}`),
  ]
}
