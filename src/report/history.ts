import type { Outcome } from '../exit-codes.ts'
import type { Writer } from './report.ts'
import { type Column, table } from './table.ts'

export interface HistoryRun {
  id: string
  command: string
  environment: string
  regions: readonly string[]
  startedAt: string
  /** `cut`: it never ended, and its process is gone. */
  state: 'ended' | 'running' | 'cut'
  outcome: Outcome | null
  durationMs: number | null
  configDigest: string | null
  /** Of the project, where the run recorded it. */
  commit: string | null
  /** The journal: a line for each step, written before it was begun. */
  evidence: string
}

export interface HistoryData {
  runs: readonly HistoryRun[]
}

export const historyWriter: Writer<HistoryData> = {
  text: ({ runs }, style) => (runs.length === 0 ? 'no runs yet' : table(runs, columns, style)),
}

const columns: readonly Column<HistoryRun>[] = [
  { title: 'RUN', value: ({ id }) => id },
  { title: 'STARTED', value: ({ startedAt }) => startedAt },
  { title: 'COMMAND', value: ({ command }) => command },
  { title: 'ENV', value: ({ environment }) => environment },
  { title: 'REGIONS', value: ({ regions }) => regions.join(',') },
  {
    title: 'END',
    value: ({ state, outcome }) => outcome ?? state,
    paint: ({ outcome, state }, style) =>
      outcome === 'OK' ? style.good : state === 'running' ? style.dim : style.bad,
  },
  {
    title: 'TOOK',
    align: 'right',
    value: ({ durationMs }) => (durationMs === null ? '-' : `${(durationMs / 1000).toFixed(1)} s`),
  },
]
