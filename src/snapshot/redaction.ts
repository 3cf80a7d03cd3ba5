import type { Snapshot } from './snapshot.ts'

/** What a snapshot does not have. */
export interface Redaction {
  hostnames: 'replaced' | 'kept'
  /** Left out of every object, and never read where the API server can be asked not to send it. */
  leftOut: readonly string[]
}

export function redactionOf({ hostnames }: Pick<Snapshot, 'hostnames'>): Redaction {
  return {
    hostnames: hostnames ? 'kept' : 'replaced',
    leftOut: [
      'Secrets',
      'ConfigMaps',
      'environment',
      'arguments',
      'images',
      'volumes',
      'annotations',
      'addresses',
    ],
  }
}
