import type { ConfigSchema } from '../spec/schema-document.ts'
import type { Writer } from './report.ts'

/** The schema alone, so that it can be redirected into a file for an editor. */
export const schemaWriter: Writer<ConfigSchema> = {
  text: ({ schema }) => JSON.stringify(schema, undefined, 2),
}
