import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { unexpected } from './failure-of.ts'

export type StopCause = 'interrupt' | 'terminate'

/** How long work may unwind after a defect before the process is left anyway. */
const crashGraceMs = 20_000

export interface Interrupts {
  signal: AbortSignal
  release(): void
}

/**
 * First Ctrl-C or SIGTERM: abort and let the work unwind. Second: leave at once. A terminal that goes away
 * (SIGHUP) counts as SIGTERM, since dying in the middle of an operation helps nobody.
 */
export function listenForInterrupts(onFirst: (cause: StopCause) => void): Interrupts {
  const controller = new AbortController()
  const stop = (cause: StopCause): void => {
    const outcome = cause === 'interrupt' ? exitCodes.INTERRUPTED : exitCodes.TERMINATED
    if (controller.signal.aborted) process.exit(outcome.code)
    onFirst(cause)
    controller.abort(reasonOf(cause))
  }
  const interrupt = (): void => stop('interrupt')
  const terminate = (): void => stop('terminate')
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', terminate)
  process.on('SIGHUP', terminate)
  // An error that nobody awaited is a defect, but dying in the middle of an operation would be a worse one.
  // While the engine runs a program, the program's host listens as well and turns what it hears into the result
  // of the operation: a resource that fails rejects promises that nobody has to await.
  const crash = (error: unknown, origin: unknown): void => {
    const heard = origin === 'uncaughtException' ? 'uncaughtException' : 'unhandledRejection'
    if (process.listenerCount(heard) > 1) return
    if (!controller.signal.aborted) controller.abort(unexpected(error))
    setTimeout(() => process.exit(exitCodes.INTERNAL.code), crashGraceMs).unref()
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', terminate)
      process.off('SIGHUP', terminate)
      process.off('uncaughtException', crash)
      process.off('unhandledRejection', crash)
    },
  }
}

function reasonOf(cause: StopCause): Failure {
  return cause === 'interrupt'
    ? new Failure('CANCELLED', 'cancelled by Ctrl-C', { retryable: true })
    : new Failure('TERMINATED', 'terminated by a signal', { retryable: true })
}
