import type { Specification } from '../schema/specification.ts'

/** What is wrong between values that are each fine by themselves. */
export interface Conflict {
  id: string
  path: string
  message: string
  actual?: string
  limit?: string
  hint?: string
}

export type Rule = (specification: Specification) => readonly Conflict[]
