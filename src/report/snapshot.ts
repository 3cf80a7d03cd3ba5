import type { SnapshotData, SnapshotRegion } from '../snapshot/save.ts'
import type { Writer } from './report.ts'
import { type Column, table } from './table.ts'
import { wrapped } from './wrap.ts'

const right = 'right' as const

const columns: readonly Column<SnapshotRegion>[] = [
  { title: 'REGION', value: ({ region }) => region },
  { title: 'NODES', align: right, value: ({ nodes }) => String(nodes) },
  { title: 'PODS', align: right, value: ({ pods }) => String(pods) },
  { title: 'BUDGETS', align: right, value: ({ budgets }) => String(budgets) },
  { title: 'QUOTAS', align: right, value: ({ quotas }) => String(quotas) },
  { title: 'VERSION', value: ({ version }) => version },
]

export const snapshotWriter: Writer<SnapshotData> = {
  text: ({ file, digest, takenAt, redacted, regions }, style) =>
    [
      `${file}  taken ${takenAt}`,
      digest,
      '',
      table(regions, columns, style),
      '',
      `host names ${redacted.hostnames}`,
      ...wrapped(`left out: ${redacted.leftOut.join(', ')}`, style.width, 2),
    ].join('\n'),
}
