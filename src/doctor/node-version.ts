import { compareVersions } from '../toolchain/version.ts'
import type { Check } from './check.ts'

/** The same as `engines.node` of the package; a test compares them. */
export const neededNode = '22.18.0'

export function checkNode(version: string = process.versions.node): Check {
  const enough = (compareVersions(version, neededNode) ?? -1) >= 0
  if (enough) return { id: 'node', status: 'ok', detail: `Node ${version}` }
  return {
    id: 'node',
    status: 'fail',
    detail: `Node ${version}; needed is ${neededNode} or newer`,
    hint: 'install a newer Node, or let bin/quickstart get one for you',
  }
}
