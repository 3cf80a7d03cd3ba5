import type { LockState } from '../lock/verdict.ts'
import type { RegionError } from './region-error.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'
import { type Column, table } from './table.ts'

export interface LockHolder {
  host: string
  pid: number
  command: string
  runId: string
}

export interface LockRow {
  region: string
  state: LockState | 'unreachable'
  holder: LockHolder | null
  acquiredAt: string | null
  renewedAt: string | null
  /** Since it was acquired; null where nobody has it. */
  ageMs: number | null
  fencingNumber: number
  /** Who broke it last, when and why. */
  broken: { by: string; at: string; reason: string } | null
  /** The engine's own locks on the stack, where its state lies in files. */
  engine: readonly { host: string; pid: number; since: string; isAbandoned: boolean }[]
  /** Steps that were under way when a run was cut, as the state remembers them. */
  pendingOperations: number
  error: RegionError | null
}

export interface LocksData {
  locks: readonly LockRow[]
}

export const locksWriter: Writer<LocksData> = {
  text({ locks }, style) {
    const notes = locks.flatMap(({ region, error, broken, engine }) => [
      ...(error ? [`${region}: ${error.message}`] : []),
      ...(broken ? [`${region}: broken by ${broken.by} at ${broken.at}: ${broken.reason}`] : []),
      ...engine.map(
        (lock) => `${region}: engine lock of ${lock.host}, process ${lock.pid}, since ${lock.since}`,
      ),
    ])
    return [table(locks, columns, style), ...notes].join('\n')
  },
}

const columns: readonly Column<LockRow>[] = [
  { title: 'REGION', value: ({ region }) => region },
  { title: 'STATE', value: ({ state }) => state, paint: ({ state }, style) => paintOf(state, style) },
  { title: 'HOLDER', value: ({ holder }) => (holder ? `${holder.host}/${holder.pid}` : '-') },
  { title: 'RUN', value: ({ holder }) => (holder ? `${holder.runId} (${holder.command})` : '-') },
  {
    title: 'AGE',
    align: 'right',
    value: ({ ageMs }) => (ageMs === null ? '-' : `${Math.round(ageMs / 1000)} s`),
  },
  { title: 'NUMBER', align: 'right', value: ({ fencingNumber }) => String(fencingNumber) },
  { title: 'PENDING', align: 'right', value: ({ pendingOperations }) => String(pendingOperations) },
]

function paintOf(state: LockRow['state'], style: Style): ((text: string) => string) | undefined {
  if (state === 'free') return style.good
  return state === 'held' ? style.warn : style.bad
}
