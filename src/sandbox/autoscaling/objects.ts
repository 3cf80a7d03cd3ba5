import type { JsonObject } from '../../cluster/cluster.ts'
import type { AutoscalingLayout } from './layout.ts'
import { kedaNamespace } from './programs.ts'

export interface ApplyRequest {
  path: string
  body: JsonObject
}

/**
 * What makes the API server ask KEDA's adapter for external metrics: a Service that is a name of this machine, and the
 * port beside it. No cluster network is needed.
 */
export function autoscalingObjects(
  layout: AutoscalingLayout,
  nodeClasses: readonly string[],
): ApplyRequest[] {
  const service = { namespace: kedaNamespace, name: 'keda-metrics-apiserver' }
  return [
    {
      path: `/api/v1/namespaces/${kedaNamespace}`,
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: kedaNamespace } },
    },
    {
      path: `/api/v1/namespaces/${kedaNamespace}/services/${service.name}`,
      body: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: service,
        spec: { type: 'ExternalName', externalName: 'localhost' },
      },
    },
    {
      path: '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.external.metrics.k8s.io',
      body: {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1beta1.external.metrics.k8s.io' },
        spec: {
          group: 'external.metrics.k8s.io',
          version: 'v1beta1',
          groupPriorityMinimum: 100,
          versionPriority: 100,
          insecureSkipTLSVerify: true,
          service: { ...service, port: layout.port('keda-adapter') },
        },
      },
    },
    ...nodeClasses.map((name) => ({
      path: `/apis/karpenter.kwok.sh/v1alpha1/kwoknodeclasses/${name}`,
      body: { apiVersion: 'karpenter.kwok.sh/v1alpha1', kind: 'KWOKNodeClass', metadata: { name }, spec: {} },
    })),
  ]
}
