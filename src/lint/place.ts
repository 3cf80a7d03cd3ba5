import { isFailure } from '../failure.ts'
import type { Origin, Platform } from '../spec/platform.ts'
import { parentOf } from '../spec/tree.ts'

/** Where a value stands: `file:line:column`, a variable, a flag, or `defaults`. Of one that is not set, its parent. */
export function placeOf(platform: Platform, path: string): string {
  for (let at = path; at !== ''; at = parentOf(at)) {
    const origin = originAt(platform, at)
    if (origin) return originPlace(origin)
  }
  return 'defaults'
}

function originAt(platform: Platform, path: string): Origin | undefined {
  try {
    return platform.originOf(path)
  } catch (error) {
    if (isFailure(error) && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

function originPlace(origin: Origin): string {
  switch (origin.from) {
    case 'file':
    case 'overlay':
      return origin.place
    case 'flag':
    case 'environment-variable':
      return origin.name
    case 'default':
      return 'defaults'
  }
}
