import type {
  LabelSelector,
  NodeTerm,
  Requirement,
  SnapshotNode,
  SnapshotPod,
  Taint,
  Toleration,
} from '../../snapshot/snapshot.ts'

type Labels = Readonly<Record<string, string>>

/** A selector that is absent matches nothing, an empty one everything: as Kubernetes reads them. */
export function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (!selector) return false
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value)
  return equal && (selector.matchExpressions ?? []).every((one) => meets(one, labels))
}

/** Node selector and required node affinity: one term of any, all of its requirements. */
export function nodeMatches(
  { nodeSelector, nodeTerms }: SnapshotPod,
  { labels, name }: SnapshotNode,
): boolean {
  if (!Object.entries(nodeSelector).every(([key, value]) => labels[key] === value)) return false
  return nodeTerms.length === 0 || nodeTerms.some((term) => termMatches(term, labels, name))
}

function termMatches(
  { matchExpressions = [], matchFields = [] }: NodeTerm,
  labels: Labels,
  name: string,
): boolean {
  // A term without a requirement selects no node.
  if (matchExpressions.length + matchFields.length === 0) return false
  const fields = { 'metadata.name': name }
  return matchExpressions.every((one) => meets(one, labels)) && matchFields.every((one) => meets(one, fields))
}

function meets({ key, operator, values = [] }: Requirement, labels: Labels): boolean {
  const value = labels[key]
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0])
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0])
  }
}

/** Whether no taint that keeps pods away is left untolerated. */
export function tolerates({ tolerations }: SnapshotPod, { taints }: SnapshotNode): boolean {
  return taints
    .filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
    .every((taint) => tolerations.some((one) => tolerated(one, taint)))
}

function tolerated({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== '' && effect !== taint.effect) return false
  if (key !== undefined && key !== '' && key !== taint.key) return false
  return operator === 'Exists' || value === (taint.value ?? '')
}
