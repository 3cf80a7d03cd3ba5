import type { Collaborators } from '../collaborators.ts'
import type { EngineResult } from '../engine/engine.ts'
import { changeData, changeLine } from '../report/region-changes.ts'

/** Tells what would be done to a region: the counts, then each object. New objects are many and harm nobody. */
export function showChanges(
  region: string,
  { summary, changes }: EngineResult,
  c: Pick<Collaborators, 'host'>,
): void {
  c.host.notify('deploy.previewed', { summary }, region)
  for (const change of changes) {
    const text = changeLine(changeData(change), true)
    const data = { op: change.op, kind: change.type, name: change.name, text }
    c.host.notify(change.op === 'create' ? 'deploy.addition' : 'deploy.change', data, region)
  }
}
