import { CommandHelp, type Config, Help, type Interfaces } from '@oclif/core'
import type { Writer } from '../report/report.ts'
import { exitRows } from './exits.ts'
import { isMachineFormat, sniffFormat } from './formats.ts'
import type { Launch } from './launch.ts'
import { present } from './present.ts'
import type { Resolution } from './resolve.ts'
import { openSession } from './session.ts'
import { canPaint } from './terminal.ts'

export interface HelpData {
  /** The command or topic, with spaces; empty for all of them. */
  about: string
  text: string
  /** What can be typed next. */
  commands: readonly { name: string; summary: string }[]
}

const helpWriter: Writer<HelpData> = { text: (data) => data.text }

/** A command line asks for help by a flag, by the word `help`, or by naming nothing that can run. */
export function wantsHelp(argv: readonly string[], resolution: Resolution): boolean {
  if (resolution.kind === 'root' || resolution.kind === 'topic') return true
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  return words.includes('--help') || words.includes('-h')
}

/** Help is a result like any other: one document, in the format that was asked for. */
export async function showHelp(
  config: Config,
  asked: { resolution: Resolution; launch: Launch },
): Promise<void> {
  const { launch } = asked
  const flags = { output: sniffFormat(launch.argv, process.env['IV_OUTPUT']), 'no-tui': true }
  const session = await openSession(flags, launch.packageRoot)
  const stripAnsi = isMachineFormat(session.format) || !canPaint(session.collaborators.environment)
  const data = await describe(config, { resolution: asked.resolution, stripAnsi })
  await session.close()
  process.exitCode = await present({ writer: helpWriter, report: { kind: 'Help', data }, flags }, session)
}

async function describe(
  config: Config,
  wanted: { resolution: Resolution; stripAnsi: boolean },
): Promise<HelpData> {
  const { resolution, stripAnsi } = wanted
  const id = resolution.kind === 'command' || resolution.kind === 'topic' ? resolution.id : ''
  const commands = config.commands
    .filter(
      (command) => !command.hidden && (id === '' || command.id === id || command.id.startsWith(`${id}:`)),
    )
    .map((command) => ({ name: command.id.replaceAll(':', ' '), summary: command.summary ?? '' }))
  const help = new PageHelp(config, { stripAnsi })
  const command = resolution.kind === 'command' ? config.findCommand(id) : undefined
  const topic = resolution.kind === 'topic' ? config.findTopic(id) : undefined
  if (command) await help.showCommandHelp(command)
  else if (topic) await help.showTopicHelp(topic)
  else await help.showRootHelp()
  return { about: id.replaceAll(':', ' '), text: help.page.join('\n').trim(), commands }
}

class PageCommandHelp extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const generate = (): string =>
      this.renderList(exitRows(this.command), { indentation: 2, stripAnsi: true })
    return [...super.sections(), { header: 'EXIT CODES', generate }]
  }
}

/** The framework's help, collected instead of printed. */
class PageHelp extends Help {
  readonly page: string[] = []
  protected override CommandHelpClass = PageCommandHelp

  protected override log(...lines: string[]): void {
    this.page.push(...lines)
  }

  override async showTopicHelp(topic: Interfaces.Topic): Promise<void> {
    await super.showTopicHelp(topic)
  }

  override async showRootHelp(): Promise<void> {
    await super.showRootHelp()
  }
}
