/** The candidate that `name` was most likely meant to be; undefined where none is near. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  const tolerated = Math.max(2, Math.floor(name.length / 3))
  return best !== undefined && bestDistance <= tolerated ? best : undefined
}

/** `did you mean …`, or the names there are; for the end of an error. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates)
  if (near !== undefined) return `did you mean ${near}?`
  return candidates.length === 0 ? 'there is none' : `there is: ${candidates.join(', ')}`
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  const width = right.length + 1
  const cells = new Uint32Array((left.length + 1) * width)
  const at = (row: number, column: number): number => cells[row * width + column] ?? 0
  for (let row = 0; row <= left.length; row += 1) {
    for (let column = 0; column <= right.length; column += 1) {
      cells[row * width + column] = cell(row, column)
    }
  }
  return at(left.length, right.length)

  function cell(row: number, column: number): number {
    if (row === 0 || column === 0) return row + column
    const same = left[row - 1] === right[column - 1]
    const swapped =
      row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
    return Math.min(
      at(row - 1, column) + 1,
      at(row, column - 1) + 1,
      at(row - 1, column - 1) + (same ? 0 : 1),
      swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
    )
  }
}
