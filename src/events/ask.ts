import { Failure } from '../failure.ts'
import type { Danger, Question } from './host.ts'

export interface AskSettings {
  /** `--yes`: answers questions of danger `change`, never `destroy`. */
  yes: boolean
  /** `--confirm NAME`, as often as there are names: answers `destroy` questions that expect exactly that word. */
  confirmed: readonly string[]
  /** Shows the prompt and returns the line typed; absent where nobody can be asked. */
  readLine?: (prompt: string) => Promise<string>
}

/** The answers that every host gives alike: fail safe, so anything but the expected word is a decline. */
export async function answer(question: Question, settings: AskSettings): Promise<boolean> {
  if (question.danger === 'change' && settings.yes) return true
  if (question.expected !== undefined && settings.confirmed.includes(question.expected)) return true
  if (!settings.readLine) throw nobodyToAsk(question.danger, question.expected)
  if (question.danger === 'change') return isYes(await settings.readLine(`${question.text} [y/N] `))
  const expected = question.expected ?? 'destroy'
  const typed = await settings.readLine(`${question.text}\nType ${expected} to go on: `)
  return typed.trim() === expected
}

/**
 * Called before any work of a command that will ask.
 * @throws Failure `USAGE` naming the flag when the question could not be answered later.
 */
export function assertAnswerable(danger: Danger, settings: AskSettings): void {
  if (settings.readLine) return
  if (danger === 'change' && !settings.yes) throw nobodyToAsk(danger)
  if (danger === 'destroy' && settings.confirmed.length === 0) throw nobodyToAsk(danger)
}

function nobodyToAsk(danger: Danger, expected?: string): Failure {
  const flag = danger === 'change' ? '--yes' : `--confirm ${expected ?? 'NAME'}`
  return new Failure(
    'USAGE',
    'this command asks before it changes anything, and there is no terminal to ask on',
    {
      next: `add ${flag}`,
    },
  )
}

function isYes(line: string): boolean {
  return /^y(es)?$/i.test(line.trim())
}
