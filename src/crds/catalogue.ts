import type { Component, DefinedKind } from './component.ts'

/** Kinds of one group and version, as `Kind: 'plural'`. */
function kinds(
  apiVersion: string,
  scope: DefinedKind['scope'],
  plurals: Readonly<Record<string, string>>,
): DefinedKind[] {
  const [group = '', version = ''] = apiVersion.split('/')
  return Object.entries(plurals).map(([kind, plural]) => ({
    kind,
    group,
    plural,
    scope,
    versions: [version] as const,
  }))
}

/**
 * Every operator whose kinds a region may use. Versions, module hashes and install lines are those of the projects
 * themselves; where no single line installs it in any cluster (it needs an account, a bucket or a DNS provider), there
 * is none, and the documentation is named instead.
 */
export const catalogue: readonly Component[] = [
  {
    name: 'keda',
    operator: 'KEDA',
    version: '2.21.0',
    documentation: 'https://keda.sh/docs/2.21/deploy/',
    install:
      'helm install keda keda --repo https://kedacore.github.io/charts --namespace keda --create-namespace',
    module: {
      path: 'github.com/kedacore/keda/v2',
      version: 'v2.21.0',
      sum: 'h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=',
      folders: ['config/crd/bases'],
    },
    kinds: [
      ...kinds('keda.sh/v1alpha1', 'Namespaced', {
        ScaledObject: 'scaledobjects',
        ScaledJob: 'scaledjobs',
        TriggerAuthentication: 'triggerauthentications',
      }),
      ...kinds('keda.sh/v1alpha1', 'Cluster', {
        ClusterTriggerAuthentication: 'clustertriggerauthentications',
      }),
      // iv writes none of these two; the operator does not start without them.
      ...kinds('eventing.keda.sh/v1alpha1', 'Namespaced', { CloudEventSource: 'cloudeventsources' }),
      ...kinds('eventing.keda.sh/v1alpha1', 'Cluster', {
        ClusterCloudEventSource: 'clustercloudeventsources',
      }),
    ],
  },
  {
    name: 'karpenter',
    operator: 'Karpenter',
    version: '1.14.1',
    documentation: 'https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/',
    module: {
      path: 'github.com/aws/karpenter-provider-aws',
      version: 'v1.14.1',
      sum: 'h1:WGtIQTQcxpElYMdWfWuPwaF2+9muR+hYhPZsTtoY8Gs=',
      folders: ['pkg/apis/crds'],
    },
    kinds: [
      ...kinds('karpenter.sh/v1', 'Cluster', { NodePool: 'nodepools', NodeClaim: 'nodeclaims' }),
      ...kinds('karpenter.sh/v1alpha1', 'Cluster', { NodeOverlay: 'nodeoverlays' }),
      ...kinds('karpenter.k8s.aws/v1', 'Cluster', { EC2NodeClass: 'ec2nodeclasses' }),
      ...kinds('autoscaling.x-k8s.io/v1beta1', 'Namespaced', { CapacityBuffer: 'capacitybuffers' }),
    ],
  },
  {
    name: 'karpenter-kwok',
    operator: "Karpenter's provider of simulated machines",
    version: '1.14.1',
    documentation: 'https://github.com/kubernetes-sigs/karpenter/tree/v1.14.1/kwok',
    module: {
      path: 'sigs.k8s.io/karpenter',
      version: 'v1.14.1',
      sum: 'h1:GjqvOHLjl2+OXM0ti5VEZSQuvcitB0pETd8zdChXEtI=',
      folders: ['kwok/apis/crds'],
    },
    kinds: kinds('karpenter.kwok.sh/v1alpha1', 'Cluster', { KWOKNodeClass: 'kwoknodeclasses' }),
  },
  {
    name: 'kueue',
    operator: 'Kueue',
    version: '0.19.2',
    documentation: 'https://kueue.sigs.k8s.io/docs/installation/',
    install:
      'kubectl apply --server-side -f https://github.com/kubernetes-sigs/kueue/releases/download/v0.19.2/manifests.yaml',
    kinds: [
      ...kinds('kueue.x-k8s.io/v1beta2', 'Cluster', {
        ClusterQueue: 'clusterqueues',
        Cohort: 'cohorts',
        ResourceFlavor: 'resourceflavors',
        Topology: 'topologies',
        WorkloadPriorityClass: 'workloadpriorityclasses',
        AdmissionCheck: 'admissionchecks',
      }),
      ...kinds('kueue.x-k8s.io/v1beta2', 'Namespaced', { LocalQueue: 'localqueues', Workload: 'workloads' }),
    ],
  },
  {
    name: 'envoy-gateway',
    operator: 'Envoy Gateway',
    version: '1.9.1',
    documentation: 'https://gateway.envoyproxy.io/docs/install/install-helm/',
    install:
      'helm install eg oci://docker.io/envoyproxy/gateway-helm --version v1.9.1 -n envoy-gateway-system --create-namespace',
    module: {
      path: 'github.com/envoyproxy/gateway',
      version: 'v1.9.1',
      sum: 'h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=',
      folders: ['charts/gateway-helm/charts/crds/crds', 'charts/gateway-helm/charts/crds/crds/generated'],
    },
    kinds: [
      ...kinds('gateway.networking.k8s.io/v1', 'Cluster', { GatewayClass: 'gatewayclasses' }),
      ...kinds('gateway.networking.k8s.io/v1', 'Namespaced', {
        Gateway: 'gateways',
        HTTPRoute: 'httproutes',
        GRPCRoute: 'grpcroutes',
        TLSRoute: 'tlsroutes',
        TCPRoute: 'tcproutes',
        UDPRoute: 'udproutes',
        ListenerSet: 'listenersets',
        BackendTLSPolicy: 'backendtlspolicies',
      }),
      ...kinds('gateway.networking.k8s.io/v1beta1', 'Namespaced', { ReferenceGrant: 'referencegrants' }),
      ...kinds('gateway.envoyproxy.io/v1alpha1', 'Namespaced', {
        Backend: 'backends',
        BackendTrafficPolicy: 'backendtrafficpolicies',
        ClientTrafficPolicy: 'clienttrafficpolicies',
        EnvoyExtensionPolicy: 'envoyextensionpolicies',
        EnvoyPatchPolicy: 'envoypatchpolicies',
        EnvoyProxy: 'envoyproxies',
        HTTPRouteFilter: 'httproutefilters',
        SecurityPolicy: 'securitypolicies',
      }),
    ],
  },
  {
    name: 'inference-extension',
    operator: 'Gateway API Inference Extension',
    version: '1.6.0',
    documentation: 'https://gateway-api-inference-extension.sigs.k8s.io/guides/',
    install:
      'kubectl apply -f https://github.com/kubernetes-sigs/gateway-api-inference-extension/releases/download/v1.6.0/v1-manifests.yaml',
    kinds: kinds('inference.networking.k8s.io/v1', 'Namespaced', { InferencePool: 'inferencepools' }),
  },
  {
    name: 'llm-d-router',
    operator: 'llm-d router',
    version: '0.10.0',
    documentation: 'https://llm-d.ai/docs/api-reference',
    kinds: kinds('llm-d.ai/v1alpha2', 'Namespaced', { InferenceObjective: 'inferenceobjectives' }),
  },
  {
    name: 'prometheus-operator',
    operator: 'Prometheus Operator',
    version: '0.85.0',
    documentation: 'https://prometheus-operator.dev/docs/getting-started/installation/',
    install:
      'kubectl create -f https://github.com/prometheus-operator/prometheus-operator/releases/download/v0.85.0/bundle.yaml',
    module: {
      path: 'github.com/prometheus-operator/prometheus-operator',
      version: 'v0.85.0',
      sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
      folders: ['example/prometheus-operator-crd'],
    },
    kinds: kinds('monitoring.coreos.com/v1', 'Namespaced', {
      PodMonitor: 'podmonitors',
      PrometheusRule: 'prometheusrules',
      ServiceMonitor: 'servicemonitors',
    }),
  },
  {
    name: 'pyrra',
    operator: 'Pyrra',
    version: '2026-08',
    documentation: 'https://github.com/pyrra-dev/pyrra#installation',
    kinds: kinds('pyrra.dev/v1alpha1', 'Namespaced', { ServiceLevelObjective: 'servicelevelobjectives' }),
  },
  {
    name: 'open-feature-operator',
    operator: 'OpenFeature Operator',
    version: '0.9.2',
    documentation: 'https://open-feature.github.io/open-feature-operator/docs/installation.html',
    install:
      'helm upgrade --install openfeature open-feature-operator --repo https://open-feature.github.io/open-feature-operator/',
    kinds: kinds('core.openfeature.dev/v1beta1', 'Namespaced', {
      FeatureFlag: 'featureflags',
      FeatureFlagSource: 'featureflagsources',
      Flagd: 'flagds',
    }),
  },
  {
    name: 'external-dns',
    operator: 'ExternalDNS',
    version: '0.22.0',
    documentation: 'https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/crd/',
    module: {
      path: 'sigs.k8s.io/external-dns',
      version: 'v0.22.0',
      sum: 'h1:+ASJ3KF7DLqHo2LsG8Qinuh2J389MS86I19i/r8ewUc=',
      folders: ['config/crd/standard'],
    },
    kinds: kinds('externaldns.k8s.io/v1alpha1', 'Namespaced', {
      DNSEndpoint: 'dnsendpoints',
      DNSRecord: 'dnsrecords',
    }),
  },
  {
    name: 'k8gb',
    operator: 'k8gb',
    version: '0.20.0',
    documentation: 'https://www.k8gb.io/',
    kinds: kinds('k8gb.io/v1beta1', 'Namespaced', { Gslb: 'gslbs' }),
  },
  {
    name: 'cloudnative-pg',
    operator: 'CloudNativePG',
    version: '1.30.0',
    documentation: 'https://cloudnative-pg.io/docs/1.30/installation_upgrade',
    install:
      'kubectl apply --server-side -f https://raw.githubusercontent.com/cloudnative-pg/cloudnative-pg/release-1.30/releases/cnpg-1.30.0.yaml',
    kinds: [
      ...kinds('postgresql.cnpg.io/v1', 'Namespaced', {
        Backup: 'backups',
        Cluster: 'clusters',
        ImageCatalog: 'imagecatalogs',
        ScheduledBackup: 'scheduledbackups',
      }),
      ...kinds('postgresql.cnpg.io/v1', 'Cluster', { ClusterImageCatalog: 'clusterimagecatalogs' }),
    ],
  },
  {
    name: 'velero',
    operator: 'Velero',
    version: '1.18.3',
    documentation: 'https://velero.io/docs/v1.18/basic-install/',
    module: {
      path: 'github.com/vmware-tanzu/velero',
      version: 'v1.18.3',
      sum: 'h1:9uwN5yxTWQl9PsF5ljX4xiG+7VIq3I9mxOQ0DyyZ31A=',
      folders: ['config/crd/v1/bases'],
    },
    kinds: kinds('velero.io/v1', 'Namespaced', {
      Backup: 'backups',
      BackupStorageLocation: 'backupstoragelocations',
      Restore: 'restores',
      Schedule: 'schedules',
    }),
  },
  {
    name: 'chaos-mesh',
    operator: 'Chaos Mesh',
    version: '2.8.3',
    documentation: 'https://chaos-mesh.org/docs/production-installation-using-helm/',
    install:
      'helm install chaos-mesh chaos-mesh --repo https://charts.chaos-mesh.org --namespace chaos-mesh --create-namespace',
    kinds: kinds('chaos-mesh.org/v1alpha1', 'Namespaced', {
      NetworkChaos: 'networkchaos',
      PodChaos: 'podchaos',
      Schedule: 'schedules',
      StatusCheck: 'statuschecks',
      Workflow: 'workflows',
    }),
  },
  {
    name: 'k6-operator',
    operator: 'k6 Operator',
    version: '1.6.0',
    documentation: 'https://grafana.com/docs/k6/latest/set-up/set-up-distributed-k6/install-k6-operator/',
    install: 'helm install k6-operator k6-operator --repo https://grafana.github.io/helm-charts',
    kinds: kinds('k6.io/v1alpha1', 'Namespaced', { TestRun: 'testruns' }),
  },
  {
    name: 'argo-rollouts',
    operator: 'Argo Rollouts',
    version: '1.9.1',
    documentation: 'https://argoproj.github.io/argo-rollouts/installation/',
    install:
      'kubectl create namespace argo-rollouts && kubectl apply -n argo-rollouts -f https://github.com/argoproj/argo-rollouts/releases/download/v1.9.1/install.yaml',
    module: {
      path: 'github.com/argoproj/argo-rollouts',
      version: 'v1.9.1',
      sum: 'h1:+oZciUkeJYVb1vPMOhat4JQlk525j/aT2yizEkVkjLs=',
      folders: ['manifests/crds'],
    },
    kinds: [
      ...kinds('argoproj.io/v1alpha1', 'Namespaced', {
        AnalysisRun: 'analysisruns',
        AnalysisTemplate: 'analysistemplates',
        Rollout: 'rollouts',
      }),
      ...kinds('argoproj.io/v1alpha1', 'Cluster', { ClusterAnalysisTemplate: 'clusteranalysistemplates' }),
    ],
  },
]
