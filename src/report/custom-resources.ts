import type { CustomResources } from '../deploy/custom-resources.ts'

/** `22 custom resources: 20 accepted, not reconciled; 2 ready`, with each that is not ready; none where there are none. */
export function customResourceLines(resources: CustomResources | null): string[] {
  if (resources === null || resources.total === 0) return []
  const { total, ready, accepted, notReady, absent } = resources
  const counts = [
    [accepted, 'accepted, not reconciled'],
    [ready, 'ready'],
    [notReady.length, 'not ready'],
    [absent, 'absent'],
  ] as const
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return [`${total} custom resources: ${told.join('; ')}`, ...notReady.map((each) => `  ${each}`)]
}
