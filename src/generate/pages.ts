import { registry } from '../events/registry.ts'
import { jsonSchema } from '../spec/json-schema.ts'
import type { Specification } from '../spec/schema/specification.ts'
import { commandsPage } from './commands-page.ts'
import { contractPage } from './contract-page.ts'
import { eventsPage } from './events-page.ts'
import type { CommandDescription } from './manifest.ts'
import { parityPage } from './parity-page.ts'
import { planRegion } from '../platform/plan.ts'
import type { Platform } from '../spec/platform.ts'
import { madeObjects, systemsPage } from './systems-page.ts'

export interface Page {
  /** Relative to the repository. */
  path: string
  content: string
}

/**
 * Everything under `docs/reference/`: written by `npm run generate`, compared by a test. `literal` is the source
 * document word for word, `platform` the defaults.
 */
export function pages(
  commands: readonly CommandDescription[],
  literal: Specification,
  platform: Platform,
): Page[] {
  const regions = Object.keys(platform.specification.regions).map((region) => {
    const plan = planRegion(platform, region)
    return { plan, objects: madeObjects(plan) }
  })
  return [
    { path: 'docs/reference/commands.md', content: commandsPage(commands) },
    { path: 'docs/reference/contract.md', content: contractPage(literal) },
    { path: 'docs/reference/events.md', content: eventsPage(registry) },
    { path: 'docs/reference/provider-parity.md', content: parityPage() },
    { path: 'docs/reference/spec.schema.json', content: `${JSON.stringify(jsonSchema(), undefined, 2)}\n` },
    { path: 'docs/reference/systems.md', content: systemsPage(regions) },
  ]
}
