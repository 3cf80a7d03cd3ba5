import { expect, test } from 'vitest'
import type { PlannedObject } from '../../src/platform/objects.ts'
import { secretReferences } from '../../src/platform/secret-references.ts'
import { missingSecrets, secretFinding, secretText } from '../../src/prerequisites/secrets.ts'

function object(type: string, name: string, spec: unknown): PlannedObject {
  const [apiVersion = '', kind = ''] = type.split(' ')
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: 'n', labels: {}, annotations: {} },
    spec,
  }
}

const objects = [
  object('apps/v1 Deployment', 'api', {
    imagePullSecrets: [{ name: 'registry' }],
    env: [
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
      { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
      { name: 'MAYBE', valueFrom: { secretKeyRef: { name: 'maybe', key: 'x', optional: true } } },
    ],
    volumes: [{ secret: { secretName: 'turn-tls' } }, { configMap: { name: 'settings' } }],
  }),
  object('gateway.networking.k8s.io/v1 Gateway', 'gateway', {
    listeners: [{ tls: { certificateRefs: [{ kind: 'Secret', name: 'gateway-tls', namespace: 'other' }] } }],
  }),
  object('keda.sh/v1alpha1 TriggerAuthentication', 'prometheus', {
    secretTargetRef: [{ parameter: 'bearerToken', name: 'api', key: 'bearer' }],
  }),
  object('postgresql.cnpg.io/v1 Cluster', 'pg', {
    externalClusters: [{ name: 'far', password: { name: 'far', key: 'password' } }],
    superuserSecret: { name: 'pg-superuser', key: 'password' },
  }),
]

test('Secrets are found wherever an object names one, once each, with keys and who asks', () => {
  expect(secretReferences(objects)).toEqual([
    {
      namespace: 'n',
      name: 'api',
      keys: ['bearer', 'token'],
      by: ['Deployment api', 'TriggerAuthentication prometheus'],
    },
    { namespace: 'n', name: 'far', keys: ['password'], by: ['Cluster pg'] },
    { namespace: 'n', name: 'registry', keys: [], by: ['Deployment api'] },
    { namespace: 'n', name: 'turn-tls', keys: [], by: ['Deployment api'] },
    { namespace: 'other', name: 'gateway-tls', keys: [], by: ['Gateway gateway'] },
  ])
})

test('a Secret or key that the cluster lacks is named, and no value is', async () => {
  const there: Record<string, Record<string, string>> = {
    '/api/v1/namespaces/n/secrets/api': { token: 'dG9wc2VjcmV0' },
    '/api/v1/namespaces/n/secrets/far': { password: 'dG9wc2VjcmV0' },
    '/api/v1/namespaces/n/secrets/registry': {},
  }
  const cluster = {
    request: ({ path }: { path: string }) => {
      const data = there[path]
      return Promise.resolve(data ? { status: 200, body: { data } } : { status: 404, body: {} })
    },
  }
  const missing = await missingSecrets(cluster, secretReferences(objects))
  expect(missing.map(secretText)).toEqual([
    'key bearer of Secret n/api (for Deployment api, TriggerAuthentication prometheus)',
    'Secret n/turn-tls (for Deployment api)',
    'Secret other/gateway-tls (for Gateway gateway)',
  ])
  expect(JSON.stringify(missing)).not.toContain('dG9wc2VjcmV0')
})

test.each([
  ['local', 'warning'],
  ['production', 'error'],
])('in %s that is a %s', (environment, severity) => {
  const reference = { namespace: 'n', name: 'api', keys: ['token'], by: ['Deployment api'] }
  expect(secretFinding({ reference, keys: [] }, { region: 'us-east', environment })).toMatchObject({
    id: 'secret-missing',
    severity,
    message: 'the cluster lacks Secret n/api, with token (for Deployment api)',
  })
})
