import { Args } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { completionScript } from '../src/generate/completion/script.ts'
import { type Shell, shells } from '../src/generate/completion/model.ts'

const shellArgument = Args.custom<Shell>({
  options: shells,
  parse: (input) => Promise.resolve(input as Shell),
})

export default class Completion extends BaseCommand {
  static override summary = 'Print the script that completes commands, flags and values in a shell.'
  static override description = 'Made from the commands of this very build, so run it again after an update.'
  static override examples = [
    'source <(<%= config.bin %> completion bash)',
    '<%= config.bin %> completion fish > ~/.config/fish/completions/iv.fish',
  ]
  static override args = {
    shell: shellArgument({ required: true, ignoreStdin: true, description: 'The shell.' }),
  }

  override async run(): Promise<void> {
    const { args } = await this.parse(Completion)
    await this.conclude({ text: (data) => data.script.trimEnd() }, () =>
      Promise.resolve({ kind: 'CompletionScript', data: completionScript(args.shell, this.config.commands) }),
    )
  }
}
