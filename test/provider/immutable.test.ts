import { expect, test } from 'vitest'
import { needsReplacement } from '../../src/provider/immutable.ts'
import { parsePath } from '../../src/provider/path.ts'

const mutable = { configMaps: true, secrets: true }

function replaces(apiVersion: string, kind: string, path: string): boolean {
  return needsReplacement({ apiVersion, kind, immutable: false }, parsePath(path), mutable)
}

test.each([
  ['apps/v1', 'Deployment', 'spec.selector.matchLabels.a', true],
  ['apps/v1', 'Deployment', 'spec.template.spec.containers[0].image', false],
  ['apps/v1', 'StatefulSet', 'spec.serviceName', true],
  ['apps/v1', 'StatefulSet', 'spec.template.metadata.labels.a', false],
  ['apps/v1', 'StatefulSet', 'spec.replicas', false],
  ['batch/v1', 'Job', 'spec.template.spec.containers[0].image', true],
  ['batch/v1', 'Job', 'spec.parallelism', false],
  ['v1', 'Service', 'spec.clusterIP', true],
  ['v1', 'Service', 'spec.ports[0].port', false],
  ['v1', 'Secret', 'type', true],
  ['v1', 'PersistentVolumeClaim', 'spec.storageClassName', true],
  ['v1', 'PersistentVolumeClaim', 'spec.resources.requests.storage', false],
  ['v1', 'Pod', 'spec.containers[1].image', false],
  ['v1', 'Pod', 'spec.containers[1].command', true],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef.name', true],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'subjects[0].name', false],
  ['scheduling.k8s.io/v1', 'PriorityClass', 'value', true],
  ['scheduling.k8s.io/v1', 'PriorityClass', 'description', false],
  ['storage.k8s.io/v1', 'StorageClass', 'parameters.type', true],
  ['example.org/v1', 'Anything', 'metadata.name', true],
  ['example.org/v1', 'Anything', 'metadata.namespace', true],
  ['example.org/v1', 'Anything', 'metadata.labels.name', false],
  ['example.org/v1', 'Deployment', 'spec.selector', false],
])('%s %s: a change of %s replaces: %s', (...[apiVersion, kind, path, expected]) => {
  expect(replaces(apiVersion, kind, path)).toBe(expected)
})

test.each([
  [{ configMaps: true, secrets: false }, 'ConfigMap', false, false],
  [{ configMaps: true, secrets: false }, 'ConfigMap', true, true],
  [{ configMaps: false, secrets: true }, 'ConfigMap', false, true],
  [{ configMaps: true, secrets: false }, 'Secret', false, true],
  [{ configMaps: false, secrets: true }, 'Secret', false, false],
])('%j: data of a %s (immutable: %s) replaces: %s', (...[mutability, kind, immutable, expected]) => {
  expect(needsReplacement({ apiVersion: 'v1', kind, immutable }, ['data', 'x'], mutability)).toBe(expected)
})
