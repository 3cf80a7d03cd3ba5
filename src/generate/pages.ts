import { registry } from '../events/registry.ts'
import { jsonSchema } from '../spec/json-schema.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { commandsPage } from './commands-page.ts'
import { contractPage } from './contract-page.ts'
import { eventsPage } from './events-page.ts'
import type { CommandDescription } from './manifest.ts'

export interface Page {
  /** Relative to the repository. */
  path: string
  content: string
}

/**
 * Everything under `docs/reference/`: written by `npm run generate`, compared by a test. `literal` is the source
 * document word for word.
 */
export function pages(commands: readonly CommandDescription[], literal: Specification): Page[] {
  return [
    { path: 'docs/reference/commands.md', content: commandsPage(commands) },
    { path: 'docs/reference/contract.md', content: contractPage(literal) },
    { path: 'docs/reference/events.md', content: eventsPage(registry) },
    { path: 'docs/reference/spec.schema.json', content: `${JSON.stringify(jsonSchema(), undefined, 2)}\n` },
  ]
}
