import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource.js'
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js'
import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js'
import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob.js'
import { Job } from '@pulumi/kubernetes/batch/v1/job.js'
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js'
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js'
import { Service } from '@pulumi/kubernetes/core/v1/service.js'
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js'
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js'
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js'
import { ClusterRole } from '@pulumi/kubernetes/rbac/v1/clusterRole.js'
import { ClusterRoleBinding } from '@pulumi/kubernetes/rbac/v1/clusterRoleBinding.js'
import { Role } from '@pulumi/kubernetes/rbac/v1/role.js'
import { RoleBinding } from '@pulumi/kubernetes/rbac/v1/roleBinding.js'
import { PriorityClass } from '@pulumi/kubernetes/scheduling/v1/priorityClass.js'
import type { CustomResourceOptions, Resource } from '@pulumi/pulumi'
import { withoutWait } from './options.ts'
import { resourceName } from '../src/platform/names.ts'
import type { PlatformObject } from '../src/platform/kubernetes.ts'

/** Each class has argument types of its own; that the fields are right is the plan's business. */
type Maker = new (name: string, fields: never, options: CustomResourceOptions) => Resource

/** The kinds of Kubernetes itself that have a class of their own; every other kind is a custom one. */
const makers: Readonly<Record<string, Maker>> = {
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'batch/v1 CronJob': CronJob,
  'batch/v1 Job': Job,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'rbac.authorization.k8s.io/v1 ClusterRole': ClusterRole,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': ClusterRoleBinding,
  'rbac.authorization.k8s.io/v1 Role': Role,
  'rbac.authorization.k8s.io/v1 RoleBinding': RoleBinding,
  'scheduling.k8s.io/v1 PriorityClass': PriorityClass,
  'v1 ConfigMap': ConfigMap,
  'v1 Namespace': Namespace,
  'v1 Service': Service,
  'v1 ServiceAccount': ServiceAccount,
}

/** One object of a system as a resource of the stack. */
export function createObject(object: PlatformObject, options: CustomResourceOptions): Resource {
  const name = resourceName(object.metadata)
  const Maker = makers[`${object.apiVersion} ${object.kind}`]
  const fields = object.kind === 'Service' ? withoutWait(object) : object
  return Maker ? new Maker(name, fields as never, options) : new CustomResource(name, object, options)
}
