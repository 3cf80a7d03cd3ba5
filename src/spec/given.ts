interface Flags {
  config?: string | undefined
  env?: string | undefined
  set?: readonly string[] | undefined
  'allow-local-state'?: boolean | undefined
}

export interface Given {
  file?: string
  environment?: string
  set?: readonly string[]
  allowLocalState: boolean
}

/** The flags that decide which specification is loaded, as `loadPlatform` and its kin take them. */
export function given(flags: Flags & { env: string }): Given & { environment: string }
export function given(flags: Flags): Given
export function given(flags: Flags): Given {
  return {
    ...(flags.config === undefined ? {} : { file: flags.config }),
    ...(flags.env === undefined ? {} : { environment: flags.env }),
    ...(flags.set === undefined ? {} : { set: flags.set }),
    allowLocalState: flags['allow-local-state'] ?? false,
  }
}
