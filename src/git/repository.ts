import { dirname, relative, sep } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { RunOutput } from '../process/run.ts'

/** Reading a large tree takes a second; a git that hangs must not hold a pipeline up. */
const deadlineMs = 60_000

type GitCollaborators = Pick<Collaborators, 'run' | 'signal'>

/** The git repository around a folder, through the git program. Its paths are relative to that folder, with `/`. */
export class Repository {
  readonly folder: string
  readonly #c: GitCollaborators

  private constructor(folder: string, c: GitCollaborators) {
    this.folder = folder
    this.#c = c
  }

  /** @throws Failure `USAGE` where the folder is in no repository. */
  static async around(folder: string, c: GitCollaborators): Promise<Repository> {
    const repository = new Repository(folder, c)
    const { exitCode } = await repository.run('rev-parse', '--git-dir')
    if (exitCode === 0) return repository
    throw new Failure('USAGE', `${folder} is in no git repository`, {
      next: 'run it in a repository, or make one with: git init',
    })
  }

  /** A path as this repository's methods take it. @throws Failure `USAGE` for one outside of the folder. */
  inside(path: string): string {
    const short = relative(this.folder, path)
    if (!short.startsWith('..')) return short.split(sep).join('/')
    throw new Failure('USAGE', `${path} is not below ${this.folder}, where git is asked`, {
      next: 'name a path in the same repository, below the folder of iv.yaml',
    })
  }

  /** The full name of a commit. @throws Failure `NOT_FOUND` for a reference that is none. */
  async commitOf(reference: string): Promise<string> {
    const { exitCode, stdout } = await this.run(
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${reference}^{commit}`,
    )
    if (exitCode === 0) return stdout.trim()
    throw new Failure('NOT_FOUND', `${JSON.stringify(reference)} is no commit of this repository`, {
      next: 'fetch it first (a shallow clone has only its last commit), or name another branch, tag or commit',
    })
  }

  /** The branch that is checked out; undefined where HEAD is detached. */
  async branch(): Promise<string | undefined> {
    const { exitCode, stdout } = await this.run('symbolic-ref', '--quiet', '--short', 'HEAD')
    return exitCode === 0 ? stdout.trim() : undefined
  }

  /** Texts by path of the files below these paths, as they were at a commit; nothing for a path that was not there. */
  async filesAt(commit: string, ...paths: readonly string[]): Promise<Map<string, string>> {
    const listed = await this.must('ls-tree', '-r', '-z', commit, '--', ...paths)
    const entries = listed.split('\0').flatMap((entry) => {
      const [, hash, path] = /^100\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? []
      return hash === undefined || path === undefined ? [] : [{ hash, path }]
    })
    if (entries.length === 0) return new Map()
    const input = entries.map(({ hash }) => `${hash}\n`).join('')
    const texts = blobsIn(await this.must({ input }, 'cat-file', '--batch'))
    return new Map(entries.map(({ path }, index) => [path, texts[index] ?? '']))
  }

  /** Paths with changes that are in no commit, untracked files included. */
  async uncommitted(...paths: readonly string[]): Promise<string[]> {
    const status = await this.must('status', '--porcelain', '-z', '--untracked-files=all', '--', ...paths)
    return status.split('\0').flatMap((entry) => (/^[ A-Z?!]{2} /.test(entry) ? [entry.slice(3)] : []))
  }

  /** @throws Failure `OPERATION` with what git said, where it does not succeed. */
  async must(...args: Arguments): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(...args)
    if (exitCode === 0) return stdout
    const words = args.filter((word) => typeof word === 'string')
    const said = stderr.trim().split('\n').at(-1) ?? ''
    throw new Failure(
      'OPERATION',
      `git ${words[0] ?? ''} failed: ${said === '' ? `exit ${exitCode}` : said}`,
      {
        next: `try it by hand: git ${words.join(' ')}`,
      },
    )
  }

  run(...args: Arguments): Promise<RunOutput> {
    const words = args.filter((word) => typeof word === 'string')
    const [first] = args
    return this.#c.run({
      file: 'git',
      args: ['-C', this.folder, ...words],
      // Messages and quoting that do not depend on the user's machine.
      env: { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
      deadlineMs,
      signal: this.#c.signal,
      ...(typeof first === 'object' ? { input: first.input } : {}),
    })
  }
}

type Arguments = readonly (string | { input: string })[]

/** The repository around a file's folder, and the file's path in it. */
export async function repositoryOf(
  file: string,
  c: GitCollaborators,
): Promise<{ repository: Repository; path: string }> {
  const repository = await Repository.around(dirname(file), c)
  return { repository, path: repository.inside(file) }
}

/** What `git cat-file --batch` answers: `<hash> blob <bytes>`, a newline, the bytes, a newline. */
function blobsIn(answer: string): string[] {
  const bytes = Buffer.from(answer)
  const texts: string[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start)
    if (end < 0) break
    const size = Number(bytes.subarray(start, end).toString().split(' ')[2])
    texts.push(bytes.subarray(end + 1, end + 1 + size).toString())
    start = end + 1 + size + 1
  }
  return texts
}
