import type { Gate } from './verdict.ts'

/** Whether drills and restores were proven lately. No record of them is kept yet, and none is not a yes. */
export const evidenceGate: Gate = () => ({ verdict: 'unknown', reason: 'no evidence is recorded yet' })
