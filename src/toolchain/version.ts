type Triple = readonly [number, number, number]

/** The first three numbers; what follows them (`-gke.1`, `+k3s1`) does not decide compatibility. */
function triple(version: string): Triple | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?![\d.])/.exec(version)
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined
}

/** Negative, zero or positive, as for sorting; undefined when either is no version. */
export function compareVersions(left: string, right: string): number | undefined {
  const [a, b] = [triple(left), triple(right)]
  if (!a || !b) return undefined
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** Whether `version` is in `[from, below)`. What is no version never is. */
export function within(version: string, range: { from: string; below: string }): boolean {
  const low = compareVersions(version, range.from)
  const high = compareVersions(version, range.below)
  return low !== undefined && high !== undefined && low >= 0 && high < 0
}
