import { dirname, join } from 'node:path'
import type { Paths } from '../paths.ts'
import type { Platform } from '../spec/platform.ts'

/** Where the tree of an environment is, absolute: `gitops.folder` beside `iv.yaml`, below it one folder each. */
export function treeFolder(
  { specification, environment, file }: Platform,
  paths: Pick<Paths, 'project'>,
): string {
  return join(file === undefined ? paths.project : dirname(file), specification.gitops.folder, environment)
}
