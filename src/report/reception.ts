import type { Writer } from './report.ts'

export interface ReceptionData {
  port: number
  namespace: string
}

export const receptionWriter: Writer<ReceptionData> = {
  text: ({ port }) => `received alerts on port ${port} until it was ended`,
}
