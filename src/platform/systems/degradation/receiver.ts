import { stringify } from 'yaml'
import { labels } from '../../../names.ts'
import type { Metadata } from '../../kubernetes.ts'
import { namespaceName, priorityClassName } from '../../names.ts'
import { containerSecurity } from '../../rules/container-security.ts'
import { nodeAddresses } from '../../rules/network/allow-media-servers.ts'
import { podSecurity } from '../../rules/pod-security.ts'
import { shapePlacement } from '../../rules/shape-placement.ts'
import { tierOf } from '../../tiers.ts'
import { degradationFlags } from '../../../degrade/level.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'

const name = 'degradation-receiver'
/** Where Alertmanager sends its webhooks: `http://degradation-receiver.<namespace>.svc:8096/alerts`. */
const port = 8096
const context = 'in-cluster'
const token = '/var/run/secrets/kubernetes.io/serviceaccount'

/** `iv degrade receive` in the cluster, allowed to do one thing: change the flags of the ladder. */
export function receiverObjects(system: SystemContext, image: string) {
  const { identity } = system
  const namespace = namespaceName(identity.platform, tierOf('conductor'))
  const metadata = systemMetadata(system, 'degradation', { name, namespace })
  const selector = { matchLabels: { [labels.name]: name, [labels.partOf]: identity.platform } }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    ...permission(metadata, namespace),
    policy(metadata),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { kubeconfig: kubeconfig(namespace) } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: selector.matchLabels,
        ports: [{ name: 'http', protocol: 'TCP', port, targetPort: 'http' }],
      },
    },
    deployment(system, metadata, image),
  ]
}

/** The flags of the ladder, and nothing else. */
function permission(metadata: Metadata, namespace: string) {
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: ['core.openfeature.dev'],
          resources: ['featureflags'],
          resourceNames: [degradationFlags.object],
          verbs: ['get', 'patch'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ]
}

/** In from monitoring; out to the API server, which is a pod of no namespace, on the nodes' network. */
function policy(metadata: Metadata) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: { [labels.name]: name } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'iv.dev/monitoring': 'true' } } }],
          ports: [{ protocol: 'TCP', port }],
        },
      ],
      egress: [
        {
          to: nodeAddresses.map((cidr) => ({ ipBlock: { cidr } })),
          ports: [443, 6443].map((apiPort) => ({ protocol: 'TCP', port: apiPort })),
        },
      ],
    },
  }
}

function deployment({ identity }: SystemContext, metadata: Metadata, image: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: { [labels.name]: name, [labels.partOf]: identity.platform } },
      template: {
        metadata: { labels: metadata.labels },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: true,
          enableServiceLinks: false,
          priorityClassName: priorityClassName(identity.platform, 'CRITICAL'),
          ...shapePlacement('general', 0),
          securityContext: podSecurity,
          containers: [container(image, metadata.namespace ?? '')],
          volumes: [
            { name: 'kubeconfig', configMap: { name } },
            { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
          ],
        },
      },
    },
  }
}

function container(image: string, namespace: string) {
  const probe = (path: string) => ({ httpGet: { path, port: 'http' }, periodSeconds: 5, timeoutSeconds: 2 })
  return {
    name,
    image,
    args: ['degrade', 'receive', '--port', String(port), '--namespace', namespace],
    env: [
      { name: 'KUBECONFIG', value: '/etc/iv/kubeconfig' },
      { name: 'IV_CACHE_DIR', value: '/tmp' },
    ],
    ports: [{ name: 'http', protocol: 'TCP', containerPort: port }],
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } },
    readinessProbe: probe('/healthz'),
    livenessProbe: probe('/healthz'),
    securityContext: containerSecurity,
    volumeMounts: [
      { name: 'kubeconfig', mountPath: '/etc/iv', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  }
}

/** No secret: the token stays the file that the kubelet renews. */
function kubeconfig(namespace: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [
      {
        name: context,
        cluster: { server: 'https://kubernetes.default.svc', 'certificate-authority': `${token}/ca.crt` },
      },
    ],
    users: [{ name: context, user: { tokenFile: `${token}/token` } }],
    contexts: [{ name: context, context: { cluster: context, user: context, namespace } }],
  })
}
