import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { Question } from './host.ts'

/**
 * Asks, and goes on only after a yes.
 * @throws Failure `CANCELLED` on a decline: what was asked for did not happen, so a chain of commands must stop.
 */
export async function confirm(question: Question, c: Pick<Collaborators, 'host'>): Promise<void> {
  if (await c.host.ask(question)) return
  throw new Failure('CANCELLED', 'declined: nothing was changed')
}
