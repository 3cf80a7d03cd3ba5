import type { Writer } from '../report/report.ts'
import { table } from '../report/table.ts'
import type { ToolName } from './toolchain.ts'

export interface PinRow {
  name: ToolName
  version: string
  platform: string
  url: string
  sha256: string
  /** Whether the lock held another hash, the same one, or none. */
  change: 'added' | 'same' | 'changed'
}

export interface PinResult {
  lock: string
  pins: readonly PinRow[]
}

export const pinWriter: Writer<PinResult> = {
  text: ({ lock, pins }, style) => {
    const rows = table(
      pins,
      [
        { title: 'TOOL', value: (row) => row.name },
        { title: 'VERSION', value: (row) => row.version },
        { title: 'PLATFORM', value: (row) => row.platform },
        {
          title: 'HASH',
          value: (row) => row.change,
          paint: (row) => (row.change === 'changed' ? (text) => style.bad(text) : undefined),
        },
        { title: 'SHA256', value: (row) => row.sha256 },
      ],
      style,
    )
    return `${rows}\nwritten to ${lock}`
  },
}
