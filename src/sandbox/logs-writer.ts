import type { Writer } from '../report/report.ts'
import type { LocalLogsData } from './logs.ts'

export const logsWriter: Writer<LocalLogsData> = {
  text: ({ lines }) =>
    lines.map(({ region, component, line }) => `${region ?? 'shared'} ${component}: ${line}`).join('\n'),
}
