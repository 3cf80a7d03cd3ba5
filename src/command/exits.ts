import { exitCodes, type Outcome } from '../exit-codes.ts'

/** What can happen to any command. */
export const commonExits: readonly Outcome[] = [
  'OK',
  'INTERNAL',
  'USAGE',
  'CANCELLED',
  'TIMEOUT',
  'INTERRUPTED',
  'TERMINATED',
]

/** All outcomes of a command, by code: the common ones and its own (`static exits`). */
export function exitsOf(command: object): Outcome[] {
  const own: unknown = Reflect.get(command, 'exits')
  const named = Array.isArray(own) ? own.filter(isOutcome) : []
  return [...new Set([...commonExits, ...named])].sort((a, b) => exitCodes[a].code - exitCodes[b].code)
}

/** One row per code, for help and for the reference page. */
export function exitRows(command: object): [string, string][] {
  return exitsOf(command).map((outcome) => [String(exitCodes[outcome].code), exitCodes[outcome].meaning])
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'string' && value in exitCodes
}
