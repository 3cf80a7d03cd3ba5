import { annotations } from '../names.ts'
import { at, listAt, numberAt, textAt } from '../provider/json.ts'
import { canonicalJson } from '../spec/digest.ts'
import { Duration } from '../units/duration.ts'
import type { Change, DiffObject } from './change.ts'
import type { Meaning } from './meaning.ts'

/** What happens to what runs. The same in several regions is said once. */
export function objectMeanings(changes: readonly Change[]): Meaning[] {
  const found = changes.flatMap((change) =>
    meaningOf(change).map((meaning) => ({ meaning, region: change.region })),
  )
  const groups = Map.groupBy(found, ({ meaning }) => canonicalJson(meaning))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const where = group.map(({ region }) => region).join(', ')
    return [{ ...first.meaning, effect: `${where}: ${first.meaning.effect ?? ''}` }]
  })
}

function meaningOf(change: Change): Meaning[] {
  const { action, kind, before, after } = change
  const what = `${change.namespace === null ? '' : `${change.namespace}/`}${change.name}`
  if (kind === 'Namespace' && action === 'delete') {
    return [
      { what: `namespace ${what}`, from: 'there', to: null, effect: 'everything in it is deleted with it' },
    ]
  }
  if (kind !== 'Deployment') return []
  if (action === 'delete') return [{ what, from: 'runs', to: null, effect: `stops, ${graceText(before)}` }]
  if (action === 'create') return [{ what, from: null, to: 'runs', effect: `starts with ${count(after)}` }]
  return restart(what, before, after)
}

/** Another pod template replaces every instance. */
function restart(what: string, before: DiffObject | undefined, after: DiffObject | undefined): Meaning[] {
  const [old, next] = [before, after].map((object) => at(object, 'spec', 'template') ?? null)
  if (canonicalJson(old) === canonicalJson(next)) return []
  const [from = '', to = ''] = [before, after].map(imagesOf)
  const effect = `restarts ${count(before ?? after)} at least, ${graceText(before)}`
  if (from === to) return [{ what: `${what} pods`, from: null, to: null, effect }]
  return [{ what: `${what} image`, from, to, effect }]
}

function imagesOf(object: DiffObject | undefined): string {
  return listAt(object, 'spec', 'template', 'spec', 'containers')
    .map((container) => textAt(container, 'image') ?? '')
    .join(', ')
}

/** Instances at the pool's minimum: how many run now is not known without the cluster. */
function count(object: DiffObject | undefined): string {
  const minimum = textAt(object, 'metadata', 'annotations', annotations.minimum)
  return minimum === undefined ? 'its instances' : `${minimum} instances`
}

function graceText(object: DiffObject | undefined): string {
  const seconds = numberAt(object, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')
  if (seconds === undefined) return 'each after its grace period'
  return `each may take up to ${Duration.seconds(seconds).toString()} to end what it holds`
}
