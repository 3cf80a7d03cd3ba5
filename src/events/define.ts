export type Level = 'debug' | 'info' | 'warning' | 'error'

/** One kind of thing that can be reported. Its key in the registry is its only name. */
export interface EventDefinition<P> {
  level: Level
  /** One sentence for the generated reference. */
  description: string
  /** The line a person reads. Not promised: only identifier and payload are. */
  text: (payload: P) => string
  /** A whole picture rather than a line: in a live view it takes the place of the one before. */
  picture?: true
}

export function defineEvent<P>(definition: EventDefinition<P>): EventDefinition<P> {
  return definition
}
