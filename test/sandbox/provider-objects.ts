import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js'
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js'
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js'
import { Provider } from '@pulumi/kubernetes/provider.js'
import type { CustomResourceOptions } from '@pulumi/pulumi'
import { access } from './provider-project.ts'

/** Metadata with the proof that the object is of the tests' stack. */
export function owned(
  name: string,
  namespace?: string,
  annotations: Record<string, string> = {},
): { name: string; namespace?: string; labels: Record<string, string>; annotations: Record<string, string> } {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: { 'app.kubernetes.io/managed-by': 'iv' },
    annotations: { 'iv.dev/stack': 'provider/test', ...annotations },
  }
}

export function provider(region = 'us-west', name = 'cluster'): Provider {
  return new Provider(name, {
    ...access(region),
    clusterIdentifier: region,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  })
}

/** A namespace and a function for the options of what is in it. */
export function ground(name: string): { inside: CustomResourceOptions } {
  const options = { provider: provider() }
  const namespace = new Namespace(name, { metadata: owned(name) }, options)
  return { inside: { ...options, dependsOn: [namespace] } }
}

export function configMap(
  metadata: ReturnType<typeof owned>,
  data: Record<string, string>,
  options: CustomResourceOptions,
): ConfigMap {
  return new ConfigMap(metadata.name, { metadata, data }, options)
}

export interface DeploymentInput {
  metadata: ReturnType<typeof owned>
  image?: string
  cpu?: string
  app?: string
  replicas?: number
}

export function deployment(input: DeploymentInput, options: CustomResourceOptions): Deployment {
  const { metadata, image = 'registry.invalid/a:1', cpu = '1000m', app = metadata.name } = input
  const requests = { cpu, memory: '64Mi' }
  const env = [{ name: 'MODE', value: 'test' }]
  return new Deployment(
    metadata.name,
    {
      metadata,
      spec: {
        ...(input.replicas === undefined ? {} : { replicas: input.replicas }),
        selector: { matchLabels: { app } },
        template: {
          metadata: { labels: { app } },
          spec: {
            tolerations: [{ operator: 'Exists' }],
            containers: [{ name: 'main', image, env, resources: { requests } }],
          },
        },
      },
    },
    options,
  )
}
