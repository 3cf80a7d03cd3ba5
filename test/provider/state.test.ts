import { expect, test } from 'vitest'
import { referenceOfId } from '../../src/provider/object.ts'
import { readSettings } from '../../src/provider/settings.ts'
import { fieldManagerFor, readState, recordedObject, stateOf } from '../../src/provider/state.ts'

const urn = 'urn:pulumi:s::p::iv:region:Workload$kubernetes:apps/v1:Deployment::sfu'
const live = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'a',
    managedFields: [{ manager: 'x' }],
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"clear"}}' },
  },
}

test('the state has the keys of the official provider, and neither owners of fields nor copies by kubectl', () => {
  const inputs = { plain: { kind: 'ConfigMap' }, secrets: [] }
  const state = stateOf(live, inputs, { fieldManager: 'pulumi-kubernetes-0', initialApiVersion: 'v1' })
  expect(state).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    __inputs: { kind: 'ConfigMap' },
    __initialApiVersion: 'v1',
    __fieldManager: 'pulumi-kubernetes-0',
  })
  expect(readState(state, urn)).toEqual({
    fieldManager: 'pulumi-kubernetes-0',
    initialApiVersion: 'v1',
    notReady: false,
  })
  expect(recordedObject(state)).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })
})

test('a resource whose state was lost gets its manager back', () => {
  expect(fieldManagerFor(urn)).toMatch(/^pulumi-kubernetes-[0-9a-f]{8}$/)
  expect(readState({}, urn).fieldManager).toBe(fieldManagerFor(urn))
  expect(fieldManagerFor(`${urn}-2`)).not.toBe(fieldManagerFor(urn))
})

test.each([
  [urn, 'media/sfu', { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'media', name: 'sfu' }],
  [
    'urn:pulumi:s::p::kubernetes:core/v1:Namespace::n',
    'media',
    { apiVersion: 'v1', kind: 'Namespace', name: 'media' },
  ],
  [
    'urn:pulumi:s::p::kubernetes:keda.sh/v1alpha1:ScaledObject::x',
    'a/b',
    { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', namespace: 'a', name: 'b' },
  ],
])('an import of %s knows its object', (resource, id, expected) => {
  expect(referenceOfId(resource, id)).toEqual({ namespace: undefined, ...expected })
})

test('arguments arrive as texts, the kubeconfig as a path or as contents', () => {
  const variables = new Map([
    ['kubernetes:config:kubeconfig', '/home/u/.kube/config'],
    ['kubernetes:config:context', 'prod'],
    ['kubernetes:config:enableConfigMapMutable', 'true'],
  ])
  expect(readSettings(variables)).toEqual({
    kubeconfig: { path: '/home/u/.kube/config', contents: undefined, context: 'prod' },
    mutability: { configMaps: true, secrets: false },
    namespace: undefined,
  })
  const text = 'apiVersion: v1\nkind: Config\n'
  expect(readSettings(new Map([['kubernetes:config:kubeconfig', text]])).kubeconfig).toMatchObject({
    path: undefined,
    contents: text,
  })
})
