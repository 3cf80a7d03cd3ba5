/** `412 ms`, `97.5 %`, `3`, `never` or `-`. */
export function valueText({
  actual,
  unit,
}: {
  actual: number | 'endless' | null
  unit: 'time' | 'share' | 'count'
}): string {
  if (actual === null) return '-'
  if (actual === 'endless') return 'never'
  if (unit === 'time') return timeText(actual)
  return unit === 'share'
    ? `${Number(actual.toFixed(actual > 99 || actual < 1 ? 2 : 1))} %`
    : actual.toLocaleString('en-US')
}

/** `412 ms`, `4.1 s`, `12 min 5 s`. */
export function timeText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** Where in the run, as a clock: `12:05`. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
