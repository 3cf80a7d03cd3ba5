import { namespaceName } from '../../names.ts'
import { resilienceName } from '../../rules/policy-files.ts'
import { tierOf, workloadsOfRole } from '../../tiers.ts'
import { jsonDocument } from '../json.ts'
import { idOf, systemMetadata, type SystemContext, type SystemPlan } from '../system-plan.ts'
import type { ResilienceDocument } from '../../../resilience/document.ts'
import { resilienceDocuments } from './documents.ts'
import { resilienceFidelity } from './fidelity.ts'

/** Circuit breakers and retries: one typed document per calling service, read by its process when it starts. */
export function planResilience(context: SystemContext): SystemPlan | undefined {
  const { platform, identity } = context
  if (!workloadsOfRole(identity.role).includes('conductor')) return undefined
  const objects = resilienceDocuments(platform.specification).map((document) => configMap(context, document))
  return {
    name: 'resilience',
    component: 'iv:system:Resilience',
    objects,
    fidelity: resilienceFidelity(objects.map(idOf)),
    findings: [],
  }
}

function configMap(context: SystemContext, document: ResilienceDocument) {
  const { service } = document
  const tier = tierOf(service)
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: systemMetadata(context, 'resilience', {
      name: resilienceName(service),
      namespace: namespaceName(context.identity.platform, tier),
      app: service,
    }),
    data: { 'resilience.json': jsonDocument(document) },
  }
}
