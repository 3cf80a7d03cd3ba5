/** The part of a command's description that the references and the completion are made from. */
export interface CommandDescription {
  /** `local:up`. */
  id: string
  summary?: string | undefined
  description?: string | undefined
  examples?: readonly unknown[] | undefined
  hidden?: boolean | undefined
  exits?: unknown
  args: Readonly<Record<string, ArgumentDescription>>
  flags: Readonly<Record<string, FlagDescription>>
}

export interface ArgumentDescription {
  name: string
  description?: string | undefined
  required?: boolean | undefined
  options?: readonly string[] | undefined
}

export interface FlagDescription {
  name: string
  char?: string | undefined
  type: 'boolean' | 'option'
  summary?: string | undefined
  description?: string | undefined
  helpGroup?: string | undefined
  helpValue?: string | readonly string[] | undefined
  options?: readonly string[] | undefined
  default?: unknown
  env?: string | undefined
  required?: boolean | undefined
  multiple?: boolean | undefined
}

export function visible(commands: readonly CommandDescription[]): CommandDescription[] {
  return commands.filter((command) => !command.hidden).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

export function spaced(id: string): string {
  return id.replaceAll(':', ' ')
}
