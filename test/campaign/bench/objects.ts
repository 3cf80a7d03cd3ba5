import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js'
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js'
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js'
import { Provider } from '@pulumi/kubernetes/provider.js'
import type { ClusterAccess } from '../../../src/cluster/cluster.ts'
import type { StackProgram } from '../../../src/engine/engine.ts'

/** One in so many is a Deployment of one instance; the others are ConfigMaps. */
const deploymentEvery = 6

const labels = { 'app.kubernetes.io/managed-by': 'iv' }
const annotations = { 'iv.dev/stack': 'bench/bench' }

function metadataOf(name: string, namespace?: string) {
  return { name, labels, annotations, ...(namespace === undefined ? {} : { namespace }) }
}

function specOf(app: string) {
  const requests = { cpu: '1m', memory: '1Mi' }
  return {
    replicas: 1,
    selector: { matchLabels: { app } },
    template: {
      metadata: { labels: { app } },
      spec: {
        tolerations: [{ operator: 'Exists' }],
        containers: [{ name: 'main', image: 'registry.invalid/a:1', resources: { requests } }],
      },
    },
  }
}

interface Named {
  name: string
  isDeployment: boolean
}

function namesOf(count: number): Named[] {
  return Array.from({ length: count - 1 }, (_, index) => ({
    name: `object-${index}`,
    isDeployment: index % deploymentEvery === 0,
  }))
}

/** `count` objects with their namespace, as kubectl takes them. */
export function manifestOf(namespace: string, count: number): string {
  const items = namesOf(count).map(({ name, isDeployment }) =>
    isDeployment
      ? {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: metadataOf(name, namespace),
          spec: specOf(name),
        }
      : { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(name, namespace), data: { value: name } },
  )
  const ground = { apiVersion: 'v1', kind: 'Namespace', metadata: metadataOf(namespace) }
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [ground, ...items] })
}

/** The same objects as a program. */
export function programOf(namespace: string, count: number, access: ClusterAccess): StackProgram {
  return async () => {
    const settings = { enableConfigMapMutable: true, enableSecretMutable: true }
    const provider = new Provider('cluster', { context: access.context ?? '', ...settings })
    const ground = new Namespace(namespace, { metadata: metadataOf(namespace) }, { provider })
    const options = { provider, dependsOn: [ground] }
    for (const { name, isDeployment } of namesOf(count)) {
      const metadata = metadataOf(name, namespace)
      if (isDeployment) new Deployment(name, { metadata, spec: specOf(name) }, options)
      else new ConfigMap(name, { metadata, data: { value: name } }, options)
    }
  }
}
