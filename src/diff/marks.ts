import { at, isRecord } from '../provider/json.ts'
import type { DiffObject } from './change.ts'

/** What engines and GitOps controllers write on an object to find it again or to know how to treat it. */
const marks = /^(pulumi\.com|argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io|helm\.toolkit\.fluxcd\.io)\//

/** The object with the marks that the live one has: whoever delivers it keeps them, so they are no difference. */
export function withMarksOf(live: DiffObject, wanted: DiffObject): DiffObject {
  const kept = (['annotations', 'labels'] as const).flatMap((field) => {
    const found = marksIn(at(live, 'metadata', field))
    if (found.length === 0) return []
    const own = wanted.metadata[field]
    return [[field, { ...Object.fromEntries(found), ...(isRecord(own) ? own : {}) }] as const]
  })
  if (kept.length === 0) return wanted
  return { ...wanted, metadata: { ...wanted.metadata, ...Object.fromEntries(kept) } }
}

function marksIn(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value).filter(([key]) => marks.test(key)) : []
}
