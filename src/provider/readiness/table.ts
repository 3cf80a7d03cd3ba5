import type { JsonObject } from '../../cluster/cluster.ts'
import { groupOf, referenceOf } from '../object.ts'
import { claimVerdict, definitionVerdict, namespaceVerdict } from './others.ts'
import { ready } from './verdict.ts'
import type { Verdict } from './verdict.ts'
import {
  daemonSetVerdict,
  deploymentVerdict,
  jobVerdict,
  podVerdict,
  statefulSetVerdict,
} from './workloads.ts'

/** By API group and kind; whatever is not here is usable as soon as it exists. A Service does not wait for pods. */
const verdicts: Readonly<Record<string, (object: JsonObject) => Verdict>> = {
  'apps/Deployment': deploymentVerdict,
  'apps/StatefulSet': statefulSetVerdict,
  'apps/DaemonSet': daemonSetVerdict,
  'batch/Job': jobVerdict,
  '/Pod': podVerdict,
  '/Namespace': namespaceVerdict,
  '/PersistentVolumeClaim': claimVerdict,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionVerdict,
}

export function verdictOf(object: JsonObject): Verdict {
  const { apiVersion, kind } = referenceOf(object)
  const judge = verdicts[`${groupOf(apiVersion)}/${kind}`]
  return judge ? judge(object) : ready
}
