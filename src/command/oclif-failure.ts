import { Failure, isFailure, toFailure } from '../failure.ts'
import { nearest } from '../nearest.ts'

interface GrammarError {
  message: string
  oclif?: { exit?: number }
  /** Of flags that do not exist: as they were typed. */
  flags?: readonly string[]
}

/** Errors of the grammar (flags, arguments, unknown commands) exit 2; the framework marks them with that number. */
const grammarExit = 2

/** What oclif throws, as our own failure. Its messages are kept; its advice is replaced by ours. */
export function fromOclif(error: unknown, help: string, flagNames: readonly string[] = []): Failure {
  if (isFailure(error)) {
    const message = clean(error.message)
    return message === error.message ? error : new Failure(error.code, message, detailsOf(error))
  }
  if (!isGrammarError(error)) return toFailure(error)
  return new Failure('USAGE', clean(error.message), {
    next: suggestion(error, flagNames) ?? help,
    cause: error,
  })
}

function isGrammarError(error: unknown): error is GrammarError {
  return error instanceof Error && (error as Error & GrammarError).oclif?.exit === grammarExit
}

function suggestion(error: GrammarError, flagNames: readonly string[]): string | undefined {
  const wrong = error.flags?.[0]?.replace(/=.*$/, '')
  const near = wrong === undefined ? undefined : nearest(wrong, flagNames)
  return near === undefined ? undefined : `did you mean ${near}?`
}

function clean(message: string): string {
  return message
    .replace(/\nSee more help with --help$/, '')
    .replace(/^Parsing (--\S+) \n\t/, '$1: ')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/^Nonexistent flag/, 'no such flag')
    .trim()
}

function detailsOf(error: Failure): ConstructorParameters<typeof Failure>[2] {
  return {
    retryable: error.retryable,
    findings: error.findings,
    cause: error.cause,
    ...(error.next === undefined ? {} : { next: error.next }),
    ...(error.region === undefined ? {} : { region: error.region }),
  }
}
