/**
 * The candidates that a typo probably meant, equally near to it; none when none is near: about a third of the
 * letters may differ, so that an unrelated name is never suggested.
 */
export function nearestAll(text: string, candidates: readonly string[]): string[] {
  let best = Number.POSITIVE_INFINITY
  let found: string[] = []
  for (const candidate of candidates) {
    const tolerated = Math.max(1, Math.floor(candidate.length / 3))
    // A difference in length is a lower bound, and spares the table for a text that is no typo at all.
    if (Math.abs(text.length - candidate.length) > tolerated) continue
    const distance = editDistance(text.toLowerCase(), candidate.toLowerCase())
    if (distance > tolerated || distance > best) continue
    found = distance < best ? [candidate] : [...found, candidate]
    best = distance
  }
  return found
}

/** The first of them. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  return nearestAll(text, candidates)[0]
}

/** `did you mean …?`, or the names there are; for the end of an error. */
export function suggestion(text: string, candidates: readonly string[]): string {
  const near = nearestAll(text, candidates)
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`
  return candidates.length === 0 ? 'there is none' : `there is: ${candidates.join(', ')}`
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const viaSwap = swapped ? (beforeLast[j - 2] ?? Number.POSITIVE_INFINITY) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min(substituted, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, viaSwap))
    }
    beforeLast = last
    last = row
  }
  return last.at(-1) ?? 0
}
