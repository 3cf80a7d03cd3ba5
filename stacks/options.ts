import type { Metadata } from '../src/platform/kubernetes.ts'
import type { CustomResourceOptions, Resource } from '@pulumi/pulumi'

/**
 * Options of every Kubernetes object. Names are fixed, so a replacement deletes before it creates. Nothing is
 * `protect`ed: a destroy would remove everything around a protected object before it fails on it; the guard is the
 * question for the region's name before the engine starts.
 */
export function child(parent: Resource, dependsOn: readonly Resource[] = []): CustomResourceOptions {
  return { parent, dependsOn: [...dependsOn], deleteBeforeReplace: true }
}

/** The official provider would hold a Service, and everything after it, until its first pod is ready. */
export function withoutWait<Manifest extends { metadata: Metadata }>(service: Manifest): Manifest {
  const { metadata } = service
  const annotations = { ...metadata.annotations, 'pulumi.com/skipAwait': 'true' }
  return { ...service, metadata: { ...metadata, annotations } }
}
