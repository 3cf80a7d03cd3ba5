import type { Collaborators } from './collaborators.ts'

/** Long enough for any repository; a git that hangs must not hold a deploy up. */
const deadlineMs = 2000

/** The commit that the project stands at; undefined outside a repository, before its first commit, or without git. */
export async function gitCommit(c: Pick<Collaborators, 'paths' | 'run'>): Promise<string | undefined> {
  const args = ['-C', c.paths.project, 'rev-parse', '--verify', '--quiet', 'HEAD']
  const output = await c.run({ file: 'git', args, deadlineMs }).catch(() => undefined)
  return output?.exitCode === 0 ? output.stdout.trim() : undefined
}
