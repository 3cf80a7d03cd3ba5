import type { Collaborators } from '../collaborators.ts'
import { ensureTools, lookForAll } from './ensure.ts'
import type { Toolchain } from './toolchain.ts'

/** The external programs of this machine: on PATH, in the cache, or installed on demand. */
export function makeToolchain(c: Collaborators): Toolchain {
  return {
    async find(name) {
      const [entry] = await lookForAll([name], c)
      return entry?.located
    },
    ensure: (names) => ensureTools(names, c),
  }
}
