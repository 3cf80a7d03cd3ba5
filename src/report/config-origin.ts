import type { Origin } from '../spec/platform.ts'

/** Where a value came from, in a few words. */
export function originText(origin: Origin): string {
  switch (origin.from) {
    case 'flag':
    case 'environment-variable':
      return origin.name
    case 'overlay':
      return `${origin.place} (environments.${origin.environment})`
    case 'file':
      return origin.place
    case 'default':
      return `default, ${origin.source}`
  }
}
