import type { Report } from '../report/report.ts'
import { jsonSchema } from './json-schema.ts'

export interface ConfigSchema {
  schema: Readonly<Record<string, unknown>>
}

export function configSchema(): Promise<Report<ConfigSchema>> {
  return Promise.resolve({ kind: 'ConfigSchema', data: { schema: jsonSchema() } })
}
