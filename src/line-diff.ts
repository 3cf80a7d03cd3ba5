/**
 * What changed between two texts, as a unified diff without a header: one line of context, `...` between places that
 * are apart. Longest common subsequence, so quadratic in the lines between the first and the last change.
 */
export function lineDiff(before: string, after: string): string[] {
  const [old, next] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < Math.min(old.length, next.length) && old[start] === next[start]) start += 1
  let end = 0
  while (end < Math.min(old.length, next.length) - start && old.at(-1 - end) === next.at(-1 - end)) end += 1
  if (start === old.length && start === next.length) return []
  const middle = edits(old.slice(start, old.length - end), next.slice(start, next.length - end))
  const around = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)
  return withContext([
    ...around(old.slice(Math.max(0, start - 1), start)),
    ...middle,
    ...around(old.slice(old.length - end, old.length - end + 1)),
  ])
}

function edits(old: readonly string[], next: readonly string[]): string[] {
  const lengths = commonLengths(old, next)
  const lines: string[] = []
  for (let i = 0, j = 0; i < old.length || j < next.length; ) {
    const [left, right] = [old[i], next[j]]
    if (left !== undefined && left === right) {
      lines.push(`  ${left}`)
      i += 1
      j += 1
    } else if (
      right === undefined ||
      (left !== undefined && at(lengths, i + 1, j) >= at(lengths, i, j + 1))
    ) {
      lines.push(`- ${left}`)
      i += 1
    } else {
      lines.push(`+ ${right}`)
      j += 1
    }
  }
  return lines
}

/** Length of the longest common subsequence of what follows line i of one text and line j of the other. */
function commonLengths(old: readonly string[], next: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(next.length + 1))
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (!row) continue
      row[j] =
        old[i] === next[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
    }
  }
  return lengths
}

function at(lengths: readonly Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}

/** Keeps one unchanged line beside each change. */
function withContext(lines: readonly string[]): string[] {
  const changed = (index: number): boolean => /^[-+]/.test(lines[index] ?? '')
  return lines.flatMap((line, index) => {
    if ([index - 1, index, index + 1].some(changed)) return [line]
    return changed(index - 2) ? ['...'] : []
  })
}
