import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { testCache } from '../../support/test-cache.ts'

export const simpyVersion = '4.1.2'

/** The Python of an environment with SimPy, from PyPI the first time. */
function pythonWithSimpy(): string {
  const folder = testCache(`simpy-${simpyVersion}`, (empty) => {
    execFileSync('python3', ['-m', 'venv', empty], { stdio: 'pipe' })
    const pip = ['-m', 'pip', 'install', '--quiet', `simpy==${simpyVersion}`]
    execFileSync(join(empty, 'bin', 'python3'), pip, { stdio: 'pipe' })
  })
  return join(folder, 'bin', 'python3')
}

export interface SimpyOutcome {
  events: number
  cpuSeconds: number
  mean?: number
  refused?: number
}

export function runSimpy(script: string, size: readonly number[], seed: number): SimpyOutcome {
  const args = [join(import.meta.dirname, script), ...[...size, seed].map(String)]
  return JSON.parse(execFileSync(pythonWithSimpy(), args, { encoding: 'utf8' })) as SimpyOutcome
}
