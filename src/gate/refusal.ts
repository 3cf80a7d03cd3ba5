import { type Outcome, strongest } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import type { GateRow } from './result.ts'

/** Why the rows do not let a change go on; undefined where they do. */
export function refusalOf(rows: readonly GateRow[]): Failure | undefined {
  const outcome = strongest(rows.map(outcomeOf))
  if (outcome === 'OK') return undefined
  const said = rows.filter((row) => outcomeOf(row) !== 'OK')
  const message = said.map(({ id, verdict, reason }) => `${id} ${verdict}: ${reason}`).join('; ')
  return new Failure(outcome, message, { next: nextOf(said, outcome) })
}

/** A deny counts whoever says it; what is not known or not yet, where the environment demands the gate. */
function outcomeOf({ verdict, required }: GateRow): Outcome {
  if (verdict === 'deny') return 'POLICY'
  return verdict === 'allow' || !required ? 'OK' : 'UNKNOWN'
}

function nextOf(said: readonly GateRow[], outcome: Outcome): string {
  if (outcome === 'POLICY') return 'change it, or talk to whoever owns the limit'
  const until = said.find((row) => row.until !== null)?.until
  return until ? `ask again after ${until}` : 'collect what is missing, then ask again'
}
