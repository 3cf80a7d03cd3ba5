import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where things are. Computed once at the door; nothing else in `src/` asks for the working directory. */
export interface Paths {
  /** Folder of the `iv` package itself: holds `templates/` and `bin/`. */
  packageRoot: string
  /** The user's project: the folder of `iv.yaml`, or the working directory where there is none. */
  project: string
  /** `<project>/.iv`: state, sandbox, runs. */
  data: string
  /** The user's cache, shared by all projects: toolchain, compile cache. */
  cache: string
}

export function makePaths(input: {
  packageRoot: string
  project: string
  environment: Readonly<Record<string, string | undefined>>
}): Paths {
  const { IV_CACHE_DIR, XDG_CACHE_HOME } = input.environment
  return {
    packageRoot: input.packageRoot,
    project: input.project,
    data: join(input.project, '.iv'),
    cache: IV_CACHE_DIR ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'iv'),
  }
}
