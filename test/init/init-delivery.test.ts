import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { initDelivery, type InitDeliveryInput } from '../../src/init/init-delivery.ts'
import { ciNames, controllerNames } from '../../src/init/names.ts'
import { testCollaborators } from '../support/collaborators.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iv-init-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function run(input: Partial<InitDeliveryInput> = {}) {
  const defaults = { preset: 'minimal', force: false, environment: 'production' } as const
  return initDelivery(
    { folder, ...defaults, ci: undefined, controller: undefined, ...input },
    testCollaborators(folder),
  )
}

const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8')

test.each(ciNames.flatMap((ci) => [undefined, ...controllerNames].map((controller) => ({ ci, controller }))))(
  'a pipeline for $ci that delivers through $controller is whole: nothing is left to fill in',
  async ({ ci, controller }) => {
    const { data } = await run({ ci, controller })
    expect(data.files).toHaveLength(controller ? 3 : 2)
    for (const file of data.files) {
      const text = readFileSync(file, 'utf8')
      expect(text).not.toMatch(/__[A-Z_]+__/)
      expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([])
    }
  },
)

test('says what does not fit yet: the environment, who delivers it, and where the repository is', async () => {
  const { findings } = await run({ ci: 'github', controller: 'argocd' })
  expect(findings?.map(({ id, path }) => path ?? id)).toEqual([
    'init-environment',
    'environments.production.delivery',
    'environments.production.gitops.flavor',
    'init-repository',
  ])
  const text = 'delivery: gitops\ngitops: { flavor: argocd, bake: 10m }\nregions: { eu-west: null }\n'
  writeFileSync(join(folder, 'iv.yaml'), text)
  const fitting = await run({ ci: 'gitlab', controller: 'argocd', environment: 'local' })
  expect(fitting.findings?.map(({ id }) => id)).toEqual(['init-repository'])
  expect(textOf('.gitlab-ci.yml')).toContain('REGIONS: us-west us-east\n')
  expect(textOf('iv.yaml')).toBe(text)
})

test('replaces no file unless told to, and then writes none', async () => {
  await run({ ci: 'github' })
  writeFileSync(join(folder, '.github/workflows/iv.yaml'), 'mine\n')
  await expect(run({ ci: 'github', controller: 'flux' })).rejects.toMatchObject({ code: 'USAGE' })
  expect(existsSync(join(folder, 'flux'))).toBe(false)
  await run({ ci: 'github', controller: 'flux', force: true })
  expect(textOf('.github/workflows/iv.yaml')).toContain('iv promote')
})

const name = z.string().regex(/^[a-z0-9.-]+$/)
const metadata = z.strictObject({ name, namespace: name })

describe('the objects of Argo CD', () => {
  /** What is used of argoproj.io/v1alpha1, as its definition has it. */
  const applicationSet = z.strictObject({
    apiVersion: z.literal('argoproj.io/v1alpha1'),
    kind: z.literal('ApplicationSet'),
    metadata,
    spec: z.strictObject({
      goTemplate: z.boolean(),
      goTemplateOptions: z.array(z.string()),
      generators: z.array(
        z.strictObject({ list: z.strictObject({ elements: z.array(z.record(z.string(), z.string())) }) }),
      ),
      strategy: z.strictObject({
        type: z.literal('RollingSync'),
        rollingSync: z.strictObject({
          steps: z.array(
            z.strictObject({
              matchExpressions: z.array(
                z.strictObject({
                  key: z.string(),
                  operator: z.enum(['In', 'NotIn']),
                  values: z.array(z.string()),
                }),
              ),
            }),
          ),
        }),
      }),
      template: z.strictObject({
        metadata: z.strictObject({ name: z.string(), labels: z.record(z.string(), z.string()) }),
        spec: z.strictObject({
          project: z.string(),
          source: z.strictObject({
            repoURL: z.string(),
            targetRevision: z.string(),
            path: z.string(),
            directory: z.strictObject({ recurse: z.boolean() }),
          }),
          destination: z.strictObject({ name: z.string() }),
          syncPolicy: z.strictObject({
            automated: z.strictObject({ prune: z.boolean() }),
            syncOptions: z.array(z.string()),
            retry: z.strictObject({
              limit: z.int(),
              backoff: z.strictObject({ duration: z.string(), factor: z.int(), maxDuration: z.string() }),
            }),
          }),
        }),
      }),
    }),
  })

  test('are what its definition takes, with a region per step, in the order of a deploy', {
    timeout: 30_000,
  }, async () => {
    await run({ controller: 'argocd' })
    const object: unknown = parse(textOf('argocd/production.yaml'))
    const { spec } = applicationSet.parse(object)
    const regions = ['us-west', 'eu-west', 'us-east']
    expect(spec.generators[0]?.list.elements.map(({ region }) => region)).toEqual(regions)
    const steps = spec.strategy.rollingSync.steps.flatMap(({ matchExpressions }) => matchExpressions)
    expect(steps.flatMap(({ values }) => values)).toEqual(regions)
    const schema = definition()
    expect(unknownFields(object, schema)).toEqual([])
    expect(unknownFields({ spec: { generatorz: [] } }, schema)).toEqual(schema ? ['spec.generatorz'] : [])
  })

  interface Schema {
    properties?: Record<string, Schema>
    items?: Schema
  }

  /** The published definition, where this machine has it; without it the fields above are what is checked. */
  function definition(): Schema | undefined {
    const file = new URL('../../../shared/crds/argo-cd/applicationset-crd.yaml', import.meta.url)
    if (!existsSync(file)) return undefined
    const crd = parse(readFileSync(file, 'utf8')) as {
      spec: { versions: { schema: { openAPIV3Schema: Schema } }[] }
    }
    return crd.spec.versions[0]?.schema.openAPIV3Schema
  }

  function unknownFields(value: unknown, schema: Schema | undefined, path = ''): string[] {
    if (Array.isArray(value)) return value.flatMap((item) => unknownFields(item, schema?.items, path))
    const properties = schema?.properties
    if (typeof value !== 'object' || value === null || !properties) return []
    return Object.entries(value).flatMap(([key, below]) => {
      const place = path === '' ? key : `${path}.${key}`
      return properties[key] ? unknownFields(below, properties[key], place) : [place]
    })
  }
})

test('the objects of Flux are a source, and a Kustomization for each region', async () => {
  await run({ controller: 'flux' })
  const [source, ...kustomizations] = parseAllDocuments(textOf('flux/production.yaml')).map(
    (document): unknown => document.toJS(),
  )
  z.strictObject({
    apiVersion: z.literal('source.toolkit.fluxcd.io/v1'),
    kind: z.literal('GitRepository'),
    metadata,
    spec: z.strictObject({ interval: z.string(), url: z.url(), ref: z.strictObject({ branch: z.string() }) }),
  }).parse(source)
  const kustomization = z.strictObject({
    apiVersion: z.literal('kustomize.toolkit.fluxcd.io/v1'),
    kind: z.literal('Kustomization'),
    metadata,
    spec: z.strictObject({
      interval: z.string(),
      retryInterval: z.string(),
      timeout: z.string(),
      sourceRef: z.strictObject({ kind: z.literal('GitRepository'), name }),
      path: z.string(),
      prune: z.boolean(),
      wait: z.boolean(),
      kubeConfig: z.strictObject({ secretRef: z.strictObject({ name }) }),
    }),
  })
  expect(kustomizations.map((each) => kustomization.parse(each).spec.path)).toEqual([
    './gitops/production/us-west',
    './gitops/production/eu-west',
    './gitops/production/us-east',
  ])
})
