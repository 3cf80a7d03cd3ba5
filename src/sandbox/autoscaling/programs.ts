import { loopback } from '../ports.ts'
import type { AutoscalingLayout } from './layout.ts'
import type { AutoscalingComponent } from './ports.ts'

export interface ProgramRecipe {
  args: (layout: AutoscalingLayout) => string[]
  env?: (layout: AutoscalingLayout) => Record<string, string>
  /** Files that are read once, at the start. */
  files: (layout: AutoscalingLayout) => string[]
}

/** The names under which KEDA's programs run in a cluster: its certificate and its messages carry them. */
export const kedaNamespace = 'keda'
export const kedaServer = `keda-operator.${kedaNamespace}.svc`

const certificate = ({ certificates }: AutoscalingLayout): string => `${certificates}/tls.crt`

/** How the real programs are run outside a cluster, on ports of this machine only. */
export const programRecipes: Readonly<Record<AutoscalingComponent, ProgramRecipe>> = {
  prometheus: {
    args: (layout) => [
      `--config.file=${layout.file('prometheus.yml')}`,
      `--storage.tsdb.path=${layout.file('prometheus')}`,
      '--storage.tsdb.retention.time=6h',
      `--web.listen-address=${loopback}:${layout.port('prometheus')}`,
      '--log.level=warn',
    ],
    files: (layout) => [layout.file('prometheus.yml')],
  },
  'keda-operator': {
    args: (layout) => [
      `--kubeconfig=${layout.kubeconfig}`,
      `--cert-dir=${layout.certificates}`,
      '--enable-cert-rotation=false',
      '--enable-webhook-patching=false',
      '--enable-apiservice-patching=false',
      `--health-probe-bind-address=${loopback}:${layout.port('keda-operator')}`,
      `--metrics-service-bind-address=${loopback}:${layout.port('keda-operator', 'metricsService')}`,
      `--metrics-bind-address=${loopback}:${layout.port('keda-operator', 'metrics')}`,
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
    env: (layout) => ({
      WATCH_NAMESPACE: '',
      POD_NAMESPACE: kedaNamespace,
      POD_NAME: 'keda-operator',
      KEDA_CLUSTER_OBJECT_NAMESPACE: kedaNamespace,
      // The scaled objects name Prometheus as it is called inside a cluster, which no resolver here knows. Whatever
      // is asked by name goes to the region's own Prometheus, which answers as if it were the proxy's target.
      HTTP_PROXY: `http://${loopback}:${layout.port('prometheus')}`,
      NO_PROXY: loopback,
    }),
    files: (layout) => [layout.kubeconfig, certificate(layout)],
  },
  'keda-adapter': {
    args: (layout) => [
      ...['kubeconfig', 'lister-kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
        (flag) => `--${flag}=${layout.kubeconfig}`,
      ),
      `--secure-port=${layout.port('keda-adapter')}`,
      `--bind-address=${loopback}`,
      `--cert-dir=${layout.certificates}`,
      `--client-ca-file=${layout.authority}/ca.crt`,
      `--tls-cert-file=${certificate(layout)}`,
      `--tls-private-key-file=${layout.certificates}/tls.key`,
      `--port=${layout.port('keda-adapter', 'metrics')}`,
      `--metrics-service-address=localhost:${layout.port('keda-operator', 'metricsService')}`,
      `--metrics-service-grpc-authority=${kedaServer}`,
    ],
    env: () => ({
      WATCH_NAMESPACE: '',
      POD_NAMESPACE: kedaNamespace,
      KEDA_CLUSTER_OBJECT_NAMESPACE: kedaNamespace,
    }),
    files: (layout) => [layout.kubeconfig, certificate(layout)],
  },
  karpenter: {
    args: (layout) => [
      '-disable-leader-election',
      '-karpenter-service',
      '',
      '-cpu-requests',
      '1000',
      '-health-probe-port',
      String(layout.port('karpenter')),
      '-metrics-port',
      String(layout.port('karpenter', 'metrics')),
      '-instance-types-file-path',
      layout.file('instance-types.json'),
    ],
    env: (layout) => ({ KUBECONFIG: layout.kubeconfig, SYSTEM_NAMESPACE: 'kube-system' }),
    files: (layout) => [layout.kubeconfig, layout.file('instance-types.json')],
  },
}
