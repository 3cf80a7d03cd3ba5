import { Failure } from '../../failure.ts'

/** One input that takes several values, the smallest first. */
export interface Varied {
  key: string
  values: readonly string[]
  /** Whether there may be a smaller failing value between two that were tried. */
  isWhole: boolean
}

const pointsOfRange = 5
const mostValues = 200

/**
 * `KEY=1,2,5` tries these values, `KEY=100..2000` five between the ends, `KEY=100..2000:100` every hundredth.
 * @throws {Failure} USAGE for anything else.
 */
export function readVaried(text: string): Varied {
  const match = /^\s*([A-Za-z0-9.-]+)\s*=\s*(.+)$/.exec(text)
  const [, key, list] = match ?? []
  if (key === undefined || list === undefined) throw unreadable(text)
  const range = /^(\d+)\.\.(\d+)(?::(\d+))?$/.exec(list.trim())
  if (range) return { key, values: valuesOf(text, range), isWhole: true }
  const values = list.split(',').map((value) => value.trim())
  if (values.some((value) => value === '') || values.length > mostValues) throw unreadable(text)
  return { key, values, isWhole: false }
}

function valuesOf(text: string, [, from = '', until = '', step]: RegExpExecArray): string[] {
  const [low, high] = [Number(from), Number(until)]
  if (!(low < high)) throw unreadable(text)
  const every = step === undefined ? Math.max(1, (high - low) / (pointsOfRange - 1)) : Number(step)
  if (!(every > 0) || (high - low) / every > mostValues) throw unreadable(text)
  const count = Math.floor((high - low) / every + 1e-9) + 1
  return Array.from({ length: count }, (_, index) => String(Math.round(low + index * every)))
}

function unreadable(text: string): Failure {
  return new Failure('USAGE', `--vary ${text}: that is no KEY and values`, {
    next: 'write for example --vary simulate.loadPercent=50..200 or --vary pools.sfu.instances.minimum=3,4,6',
  })
}

/** Every combination, nearest to all first values first. Each is a list of settings. */
export function combinations(varied: readonly Varied[]): string[][] {
  const all = varied.reduce<{ settings: string[]; distance: number }[]>(
    (before, { key, values }) =>
      before.flatMap(({ settings, distance }) =>
        values.map((value, index) => ({
          settings: [...settings, `${key}=${value}`],
          distance: distance + index / values.length,
        })),
      ),
    [{ settings: [], distance: 0 }],
  )
  return all.toSorted((left, right) => left.distance - right.distance).map(({ settings }) => settings)
}
