import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { objectsOf, type PlannedObject } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { manifestName } from '../../src/render/manifest.ts'
import { render, type RenderInput } from '../../src/render/render.ts'
import { examplePlatform } from '../platform/example.ts'
import { testCollaborators } from '../support/collaborators.ts'

let project: string
let folder: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'iv-render-'))
  folder = join(project, 'tree')
})
afterEach(() => rm(project, { recursive: true, force: true }))

function run(input: Partial<RenderInput> = {}) {
  const defaults = { environment: 'local', regions: ['all'], folder, flavor: 'plain', check: false } as const
  return render({ ...defaults, ...input }, testCollaborators(project))
}

/** Every file of the tree by path, the manifest left out. */
async function tree(): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name !== manifestName)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const files = paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')])
  return Object.fromEntries(await Promise.all(files)) as Record<string, string>
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

const api = 'us-east/30-workloads/interview-application/deployment-api.yaml'
const sfu = 'us-west/30-workloads/interview-media/deployment-sfu.yaml'

describe('a rendered tree', () => {
  test.each(['core', 'yaml-1.1'] as const)('is the plan of every region, read as %s', async (schema) => {
    const { data } = await run()
    const files = await tree()
    expect(Object.keys(files).toSorted()).toEqual(data.files.map(({ path }) => path))
    for (const region of ['eu-west', 'us-east', 'us-west']) {
      const rendered = Object.entries(files).filter(([path]) => path.startsWith(`${region}/`))
      const objects = rendered.map(([, text]) => parse(text, { schema }) as PlannedObject)
      const planned = objectsOf(planRegion(examplePlatform(), region))
      expect(objects.map(byIdentity).toSorted()).toEqual(planned.map(byIdentity).toSorted())
    }
  })

  test('is the same bytes every time, and then nothing is changed', async () => {
    const first = await run()
    const before = await tree()
    const second = await run()
    expect(await tree()).toEqual(before)
    expect(second.data).toEqual({ ...first.data, changed: [] })
    const elsewhere = join(project, 'elsewhere')
    expect((await run({ folder: elsewhere })).data.digest).toBe(first.data.digest)
  })

  test('names its files and their sums for sha256sum', async () => {
    const { data } = await run({ regions: ['us-east'] })
    const manifest = await readFile(join(folder, manifestName), 'utf8')
    expect(manifest).toBe(data.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''))
  })

  test('says the order of its folders as sync waves for Argo CD, and nothing else', async () => {
    await run({ regions: ['us-east'] })
    const plain = await tree()
    await run({ regions: ['us-east'], flavor: 'argocd' })
    const regional = Object.entries(await tree()).filter(([path]) => path.startsWith('us-east/'))
    for (const [path, text] of regional) {
      const wave = Number.parseInt(path.split('/')[1] ?? '', 10)
      const line = `    argocd.argoproj.io/sync-wave: "${wave}"\n`
      expect(text).toContain(line)
      expect(text.replace(line, '')).toBe(plain[path])
    }
  })

  test('keeps what starts load or breaks something apart from the regions', async () => {
    await run({ regions: ['us-east'] })
    const paths = Object.keys(await tree())
    const scenarios = paths.filter((path) => path.startsWith('scenarios.d/us-east/'))
    expect(scenarios).toContain('scenarios.d/us-east/asr-failure-recovery/workflow-asr-failure-recovery.yaml')
    expect(scenarios).toContain('scenarios.d/us-east/peak-load-1000/testrun-peak-load-1000.yaml')
    const regional = paths.filter((path) => !path.startsWith('scenarios.d/'))
    expect(regional.filter((path) => /workflow-|testrun-|\/job-/.test(path))).toEqual([])
  })

  test('tells which pools nobody brings to their minimum', async () => {
    const { findings } = await run({ regions: ['us-east'] })
    expect(findings).toMatchObject([
      {
        id: 'rendered-without-count',
        severity: 'warning',
        message: expect.stringContaining('conductor, session-router'),
      },
    ])
  })
})

describe('a check', () => {
  test('of what was just rendered finds nothing', async () => {
    await run()
    expect(await run({ check: true })).toMatchObject({ data: { written: false, changed: [] } })
    expect((await run({ check: true })).outcome).toBeUndefined()
  })

  test('lists what differs and writes nothing', async () => {
    await run()
    await put(api, 'kind: Edited\n')
    await rm(join(folder, sfu))
    await put('us-east/notes.yaml', 'kind: Theirs\n')
    const before = await tree()
    const report = await run({ check: true })
    expect(report.outcome).toBe('CHANGES')
    expect(report.data.changed).toEqual([
      { path: api, change: 'changed' },
      { path: sfu, change: 'added' },
    ])
    expect(await tree()).toEqual(before)
  })

  test('of a folder that is not there finds everything to be added, and makes no folder', async () => {
    const { data, outcome } = await run({ check: true })
    expect(outcome).toBe('CHANGES')
    expect(data.changed).toHaveLength(data.files.length)
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
  })
})

describe('rendering again', () => {
  test('brings back what was edited or deleted', async () => {
    await run()
    const before = await tree()
    await put(api, 'kind: Edited\n')
    await rm(join(folder, sfu))
    await run()
    expect(await tree()).toEqual(before)
  })

  test('removes what the specification no longer has, and the folders that become empty', async () => {
    await writeFile(join(project, 'iv.yaml'), regionNamed('extra'))
    await run()
    await put('extra/ours.txt', 'theirs\n')
    await rm(join(project, 'iv.yaml'))
    const named = await run({ regions: ['us-east', 'us-west'] })
    expect(named.data.changed).toEqual([])
    const all = await run()
    const changes = new Set(all.data.changed.map(({ path, change }) => `${change} ${path.split('/')[0]}`))
    expect([...changes]).toEqual(['removed extra', 'removed scenarios.d'])
    expect(await readdir(join(folder, 'extra'))).toEqual(['ours.txt'])
  })

  test('finishes a run that was cut after the manifest was written', async () => {
    await writeFile(join(project, 'iv.yaml'), regionNamed('extra'))
    await run()
    const whole = await readFile(join(folder, manifestName), 'utf8')
    await rm(join(project, 'iv.yaml'))
    await run()
    const expected = await tree()
    // As a cut leaves it: the manifest still names both trees, some of the files are neither.
    await writeFile(join(folder, manifestName), whole)
    await put('extra/00-foundation/namespace-interview-media.yaml', 'half\n')
    await put(api, 'half\n')
    await run()
    expect(await tree()).toEqual(expected)
  })

  test('never touches files of others, and refuses before it writes over one', async () => {
    await put('README.md', 'theirs\n')
    await put('us-east/30-workloads/kustomization.yaml', 'theirs\n')
    await run()
    expect(await tree()).toMatchObject({
      'README.md': 'theirs\n',
      'us-east/30-workloads/kustomization.yaml': 'theirs\n',
    })
    await rm(folder, { recursive: true })
    await put(api, 'theirs\n')
    await expect(run()).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining(api) })
    expect(await tree()).toEqual({ [api]: 'theirs\n' })
  })

  test('takes no path from a manifest that leads out of the tree', async () => {
    await run()
    const sum = '0'.repeat(64)
    for (const path of ['us-east/../../iv.yaml', '/etc/hosts.yaml', '../x/y.yaml', 'us-east/.hidden.yaml']) {
      await writeFile(join(folder, manifestName), `${sum}  ${path}\n`)
      await expect(run()).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining(path) })
    }
  })

  test('into what is no folder is an error with its place', async () => {
    await writeFile(folder, '')
    await expect(run()).rejects.toMatchObject({
      code: 'OPERATION',
      message: expect.stringContaining(folder),
    })
  })
})

function byIdentity(object: PlannedObject): string {
  return JSON.stringify(sorted(object))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

function regionNamed(name: string): string {
  return `regions: { ${name}: { role: active } }\n`
}
