import { groupOf } from './object.ts'
import { parsePath, startsWith } from './path.ts'
import type { Path } from './path.ts'

interface Rule {
  /** Paths below which nothing can be changed in place. */
  fixed: readonly string[]
  /** Paths below those that can. */
  except?: readonly string[]
}

/** By API group and kind, whatever the version: fields that the server refuses to change. */
const rules: Readonly<Record<string, Rule>> = {
  'apps/Deployment': { fixed: ['spec.selector'] },
  'apps/DaemonSet': { fixed: ['spec.selector'] },
  'apps/ReplicaSet': { fixed: ['spec.selector'] },
  'apps/StatefulSet': {
    fixed: ['spec'],
    except: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.revisionHistoryLimit',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
  },
  'batch/Job': {
    fixed: [
      'spec.template',
      'spec.selector',
      'spec.completions',
      'spec.completionMode',
      'spec.podFailurePolicy',
    ],
  },
  '/Service': { fixed: ['spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies[0]'] },
  '/Secret': { fixed: ['type'] },
  '/PersistentVolumeClaim': {
    fixed: ['spec'],
    except: ['spec.resources', 'spec.volumeAttributesClassName'],
  },
  '/PersistentVolume': {
    fixed: ['spec'],
    except: [
      'spec.capacity',
      'spec.accessModes',
      'spec.persistentVolumeReclaimPolicy',
      'spec.mountOptions',
      'spec.claimRef',
      'spec.volumeAttributesClassName',
    ],
  },
  '/Pod': {
    fixed: ['spec'],
    except: [
      'spec.containers[*].image',
      'spec.initContainers[*].image',
      'spec.activeDeadlineSeconds',
      'spec.terminationGracePeriodSeconds',
    ],
  },
  'rbac.authorization.k8s.io/RoleBinding': { fixed: ['roleRef'] },
  'rbac.authorization.k8s.io/ClusterRoleBinding': { fixed: ['roleRef'] },
  'storage.k8s.io/StorageClass': {
    fixed: ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'],
  },
  'scheduling.k8s.io/PriorityClass': { fixed: ['value', 'preemptionPolicy'] },
  'networking.k8s.io/IngressClass': { fixed: ['spec.controller'] },
  'node.k8s.io/RuntimeClass': { fixed: ['handler'] },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    fixed: ['spec.group', 'spec.scope', 'spec.names.plural'],
  },
}

/** Another object altogether when one of these changes, and so nothing has to be deleted first. */
const identity = [['kind'], ['metadata', 'name'], ['metadata', 'namespace']] as const

export interface Mutability {
  /** ConfigMap data can be changed in place (`enableConfigMapMutable`). */
  configMaps: boolean
  /** Likewise for Secrets (`enableSecretMutable`). */
  secrets: boolean
}

export function isIdentity(path: Path): boolean {
  return identity.some((fixed) => startsWith(path, fixed))
}

/** True when this change can only be made by making the object anew. */
export function needsReplacement(
  object: { apiVersion: string; kind: string; immutable: boolean },
  path: Path,
  mutability: Mutability,
): boolean {
  if (isIdentity(path)) return true
  const { kind } = object
  if (kind === 'ConfigMap' || kind === 'Secret') {
    const mutable = (kind === 'ConfigMap' ? mutability.configMaps : mutability.secrets) && !object.immutable
    const isData = ['data', 'binaryData', 'stringData', 'immutable'].includes(String(path[0]))
    if (isData && !mutable) return true
  }
  const rule = rules[`${groupOf(object.apiVersion)}/${kind}`]
  if (!rule) return false
  const under = (prefix: string): boolean => startsWith(path, parsePath(prefix))
  return rule.fixed.some(under) && !(rule.except ?? []).some(under)
}
