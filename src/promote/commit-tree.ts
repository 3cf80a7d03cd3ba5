import type { Repository } from '../git/repository.ts'

export interface CommitInput {
  repository: Repository
  /** Of the tree; clean before, so that everything in it afterwards is what `write` did. */
  root: string
  paths: readonly string[]
  message: string
}

/** Writes and commits exactly these paths. Where either fails, the tree is as it was at HEAD. */
export async function commitTree(
  { repository, root, paths, message }: CommitInput,
  write: () => Promise<unknown>,
): Promise<string> {
  try {
    await write()
    await repository.must('add', '--all', '--', ...paths)
    await repository.must('commit', '--quiet', '--message', message, '--', ...paths)
  } catch (error) {
    // What cannot be undone either is said by the failure itself; a tree that HEAD does not have has nothing to restore.
    await repository.run('reset', '--quiet', 'HEAD', '--', root)
    await repository.run('checkout', '--quiet', 'HEAD', '--', root)
    await repository.run('clean', '-d', '--force', '--quiet', '--', root)
    throw error
  }
  return repository.commitOf('HEAD')
}
