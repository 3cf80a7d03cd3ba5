import type { Failure } from '../failure.ts'
import { sniffFormat } from './formats.ts'
import { present } from './present.ts'
import { openSession } from './session.ts'

/**
 * Reports a failure of the grammar, before any flag is known, in the format that was asked for.
 * @returns the exit code.
 */
export async function reportEarly(
  failure: Failure,
  launch: { argv: readonly string[]; packageRoot: string },
): Promise<number> {
  const output = sniffFormat(launch.argv, process.env['IV_OUTPUT'])
  const debug = process.env['IV_LOG_LEVEL'] === 'debug' || launch.argv.join(' ').includes('--log-level debug')
  const flags = { output, 'no-tui': true, 'log-level': debug ? ('debug' as const) : ('info' as const) }
  const session = await openSession(flags, launch.packageRoot)
  await session.close()
  return present({ failure, flags }, session)
}
