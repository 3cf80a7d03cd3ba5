import type { CommandDescription } from '../manifest.ts'
import { bashCompletion } from './bash.ts'
import { fishCompletion } from './fish.ts'
import { nodes, type Shell } from './model.ts'
import { zshCompletion } from './zsh.ts'

export interface CompletionData {
  shell: Shell
  script: string
}

const makers = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

/** The script that teaches a shell every command, flag and enumerated value. */
export function completionScript(shell: Shell, commands: readonly CommandDescription[]): CompletionData {
  return { shell, script: makers[shell](nodes(commands)) }
}
