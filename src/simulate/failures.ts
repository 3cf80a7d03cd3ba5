import type { RunData } from './data.ts'

/** Names of everything that did not pass. */
export function failuresOf({ criteria, safety, liveness, abortedBy }: RunData): string[] {
  return [
    ...criteria.filter((one) => one.verdict !== 'pass').map(({ metric }) => metric),
    ...[...safety, ...liveness].filter((one) => one.verdict !== 'pass').map(({ check }) => check),
    ...(abortedBy === null ? [] : ['aborted']),
  ]
}
