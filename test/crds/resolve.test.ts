import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { definitionFolder, resolveDefinitions } from '../../src/crds/resolve.ts'
import { kindsUsed, type UsedKind } from '../../src/crds/used.ts'
import type { RunInput, RunOutput } from '../../src/process/run.ts'
import { type TestCollaborators, testCollaborators } from '../support/collaborators.ts'

const kinds = kindsUsed([
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
  { apiVersion: 'kueue.x-k8s.io/v1beta2', kind: 'Cohort' },
])
const sum = 'h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps='

let root: string
let folder: string
let asked: RunInput[]

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'iv-crds-'))
  folder = join(root, 'crds')
  asked = []
  await writeExecutable(join(root, 'bin'), 'go')
})

afterEach(() => rm(root, { recursive: true, force: true }))

async function writeExecutable(where: string, name: string): Promise<void> {
  await mkdir(where, { recursive: true })
  await writeFile(join(where, name), '', { mode: 0o755 })
}

async function writeDefinition(where: string, name: string): Promise<void> {
  await mkdir(where, { recursive: true })
  const document = (each: string): string =>
    `kind: CustomResourceDefinition\nmetadata:\n  name: ${each}\nspec:\n  group: ${each}\n  versions: []\n`
  await writeFile(join(where, 'all.yaml'), [document(`other.${name}`), document(name)].join('---\n'))
}

/** Go as the module's proxy would let it answer. */
function collaborators(answer: Partial<RunOutput> & { Dir?: string; Sum?: string }): TestCollaborators {
  const c = testCollaborators(join(root, 'project'), { environment: { PATH: join(root, 'bin') } })
  return {
    ...c,
    paths: { ...c.paths, cache: join(root, 'cache') },
    run: (input) => {
      asked.push(input)
      const stdout = JSON.stringify({ Dir: answer.Dir, Sum: answer.Sum ?? sum })
      return Promise.resolve({ exitCode: 0, stdout, stderr: '', timedOut: false, ...answer } as RunOutput)
    },
  }
}

function told(resolved: Awaited<ReturnType<typeof resolveDefinitions>>): string[] {
  return resolved.map((each) => `${each.definition.kind} ${each.source}: ${each.detail}`)
}

const [keda] = kinds as [UsedKind]

test('the folder comes first, and Go is not asked for what it has', async () => {
  await writeDefinition(join(folder, 'keda'), 'scaledobjects.keda.sh')
  await writeDefinition(join(folder, 'kueue'), 'cohorts.kueue.x-k8s.io')
  const resolved = await resolveDefinitions(kinds, folder, collaborators({}))
  expect(told(resolved)).toEqual([
    `ScaledObject directory: ${join(folder, 'keda', 'all.yaml')}`,
    `Cohort directory: ${join(folder, 'kueue', 'all.yaml')}`,
  ])
  expect(resolved[0]?.object.spec.group).toBe('scaledobjects.keda.sh')
  expect(asked).toEqual([])
})

test('without the folder a module is asked, once, and where there is none a stub says why', async () => {
  const source = join(root, 'module')
  await writeDefinition(join(source, 'config', 'crd', 'bases'), 'scaledobjects.keda.sh')
  const c = collaborators({ Dir: source })
  const expected = [
    'ScaledObject module: github.com/kedacore/keda/v2@v2.21.0',
    'Cohort stub: no registry serves the definitions of Kueue',
  ]
  expect(told(await resolveDefinitions(kinds, undefined, c))).toEqual(expected)
  expect(told(await resolveDefinitions(kinds, undefined, c))).toEqual(expected)
  expect(asked.map(({ args }) => args)).toEqual([
    ['mod', 'download', '-json', 'github.com/kedacore/keda/v2@v2.21.0'],
  ])
})

test.each([
  [
    'another hash than the one that was reviewed',
    { Sum: 'h1:another' },
    /has hash h1:another, the catalogue says h1:R6z2/,
  ],
  [
    'no answer of the proxy',
    { exitCode: 1, stdout: '{"Error":"410 Gone"}' },
    /cannot download .*: 410 Gone$/,
  ],
  ['a module without the file', {}, /has no scaledobjects\.keda\.sh$/],
])('%s leads to a stub that names the reason', async (_, answer, reason) => {
  await mkdir(join(root, 'empty'))
  const c = collaborators({ Dir: join(root, 'empty'), ...answer })
  const [resolved] = await resolveDefinitions([keda], undefined, c)
  expect(resolved).toMatchObject({ source: 'stub', detail: expect.stringMatching(reason) as unknown })
  expect(await readdir(join(root, 'cache', 'crds'))).toEqual([])
})

test('a folder that was asked for must be there; the usual one may be missing', async () => {
  const c = collaborators({})
  await expect(definitionFolder('nowhere', c)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await definitionFolder(undefined, c)).toBeUndefined()
  await mkdir(join(root, 'shared', 'crds'), { recursive: true })
  expect(await definitionFolder(undefined, c)).toBe(join(root, 'shared', 'crds'))
})
