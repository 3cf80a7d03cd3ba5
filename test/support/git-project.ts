import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface GitProject {
  folder: string
  git(...args: string[]): string
  write(path: string, text: string): void
  /** Everything there is, as one commit; gives its full name. */
  commit(message: string): string
  remove(): void
}

/** A fresh repository on branch `main`, whatever the tester's own configuration says. */
export function makeGitProject(files: Readonly<Record<string, string>> = {}): GitProject {
  const folder = mkdtempSync(join(tmpdir(), 'iv-git-'))
  const project = open(folder)
  project.git('init', '--quiet', '--initial-branch=main')
  project.git('config', 'user.name', 'Test')
  project.git('config', 'user.email', 'test@example.com')
  for (const [path, text] of Object.entries(files)) project.write(path, text)
  return project
}

/** The same repository once more, in a folder of its own. */
export function copyOf({ folder }: GitProject): GitProject {
  const copy = mkdtempSync(join(tmpdir(), 'iv-git-'))
  cpSync(folder, copy, { recursive: true })
  return open(copy)
}

function open(folder: string): GitProject {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text)
  return {
    folder,
    git,
    write,
    commit(message) {
      git('add', '--all')
      git('commit', '--quiet', '--message', message)
      return git('rev-parse', 'HEAD').trim()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
