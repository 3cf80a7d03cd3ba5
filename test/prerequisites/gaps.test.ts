import { expect, test } from 'vitest'
import type { ObjectReference } from '../../src/cluster/cluster.ts'
import type { ComponentName } from '../../src/crds/component.ts'
import { checkComponents } from '../../src/crds/without.ts'
import { kindsUsed } from '../../src/crds/used.ts'
import { objectsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { secretReferences } from '../../src/platform/secret-references.ts'
import { gapsOf, refuseGaps } from '../../src/prerequisites/refuse.ts'
import { examplePlatform } from '../platform/example.ts'

const platform = examplePlatform()

const references = secretReferences(objectsOf(planRegion(platform, 'us-east')))
/** Whatever Secret is asked for has the keys of all of them. */
const everyKey = Object.fromEntries(references.flatMap(({ keys }) => keys.map((key) => [key, ''])))

/** A cluster that serves everything but the kinds of some groups, and has every Secret. */
function clusterWithout(groups: readonly string[], version = 'v1.35.4') {
  return {
    version: () => Promise.resolve(version),
    pathOf: ({ apiVersion }: ObjectReference) =>
      Promise.resolve(groups.some((group) => apiVersion.startsWith(`${group}/`)) ? undefined : '/there'),
    request: () => Promise.resolve({ status: 200, body: { data: everyKey } }),
  }
}

function prerequisites(
  groups: readonly string[],
  options: { version?: string; without?: ComponentName[] } = {},
) {
  const plan = planRegion(platform, 'us-east', options.without)
  return { plan, cluster: clusterWithout(groups, options.version), kubernetesVersion: '1.35' }
}

test('a cluster that has everything has no gap', async () => {
  expect(await gapsOf(prerequisites([]))).toEqual([])
})

test('a missing operator is a gap with its version, the kinds and the line that installs it', async () => {
  const [gap, ...more] = await gapsOf(prerequisites(['gateway.envoyproxy.io']))
  expect(more).toEqual([])
  expect(gap).toMatchObject({
    id: 'component-missing',
    severity: 'error',
    path: 'regions.us-east',
    message: expect.stringMatching(/^the cluster lacks Envoy Gateway 1\.9\.1 \(.*EnvoyProxy/) as unknown,
    hint: expect.stringMatching(
      /^helm install eg .*; or leave it out with --without envoy-gateway$/,
    ) as unknown,
  })
})

test('left out explicitly it is no gap, and the plan says what is left out', async () => {
  const without: ComponentName[] = ['envoy-gateway']
  expect(await gapsOf(prerequisites(['gateway.envoyproxy.io'], { without }))).toEqual([])
  const plan = planRegion(platform, 'us-east', without)
  expect(kindsUsed(objectsOf(plan)).map(({ component }) => component.name)).not.toContain('envoy-gateway')
  expect(plan.findings).toContainEqual(
    expect.objectContaining({ id: 'component-left-out', severity: 'warning', path: 'regions.us-east' }),
  )
  const claimed = plan.systems.flatMap(({ fidelity }) => fidelity.flatMap(({ objects }) => objects))
  expect(claimed.map(({ kind }) => kind)).not.toContain('BackendTrafficPolicy')
})

test.each([
  ['v1.34.9', 1],
  ['v1.35.0', 0],
  ['v1.36.2', 0],
])('server %s where autoscalers were planned for 1.35: %i gaps', async (version, count) => {
  const gaps = await gapsOf(prerequisites([], { version }))
  expect(gaps).toHaveLength(count)
  for (const gap of gaps)
    expect(gap).toMatchObject({ id: 'kubernetes-version', actual: version, limit: '1.35' })
})

test('all gaps are refused at once, as a failed operation', async () => {
  const refused = refuseGaps(prerequisites(['gateway.envoyproxy.io'], { version: 'v1.34.9' }))
  await expect(refused).rejects.toMatchObject({
    code: 'OPERATION',
    region: 'us-east',
    findings: [{ id: 'kubernetes-version' }, { id: 'component-missing' }],
  })
})

test('a name that is no component is refused with what was probably meant', () => {
  expect(() => checkComponents(['keda', 'kede'])).toThrow('no component is called kede')
})
