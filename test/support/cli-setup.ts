import { join } from 'node:path'
import { build } from '../../bin/build.ts'

/** Builds what the spawned tests run: the real bundle, and one of fixture commands that only misbehave. */
export default async function setup(): Promise<void> {
  const root = join(import.meta.dirname, '..', '..')
  await build({ root, commands: 'commands', out: 'dist' })
  await build({ root, commands: 'test/fixtures/cli/commands', out: 'build/fixtures' })
}
