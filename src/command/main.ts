import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Config, flush } from '@oclif/core'
import { Failure } from '../failure.ts'
import { nearest } from '../nearest.ts'
import { reportEarly } from './early.ts'
import { type Grammar, resolveCommand } from './resolve.ts'
import { showHelp, wantsHelp } from './help.ts'
import { describePackage, type Launch } from './launch.ts'
import { fromOclif } from './oclif-failure.ts'
import { ignoreBrokenPipes } from './terminal.ts'
import { showVersion } from './version.ts'

/** How long something forgotten (a socket kept alive) may hold the process once the result is printed. */
const lingerMs = 1000

/** Runs one command line. Never rejects; the exit code is left in `process.exitCode`. */
export async function main(launch: Launch): Promise<void> {
  ignoreBrokenPipes()
  try {
    await dispatch(launch)
  } catch (error) {
    process.exitCode = await reportEarly(fromOclif(error, 'see `iv --help`'), launch)
  }
  await flush().catch(() => undefined)
  setTimeout(() => process.exit(), lingerMs).unref()
}

async function dispatch(launch: Launch): Promise<void> {
  const packageJson = JSON.parse(await readFile(join(launch.packageRoot, 'package.json'), 'utf8'))
  packageJson.oclif.commands = './commands'
  const config = await Config.load({
    root: launch.bundle,
    pjson: describePackage(packageJson, launch.packageRoot),
  })
  const argv = launch.argv[0] === 'help' ? [...launch.argv.slice(1), '--help'] : launch.argv
  const resolution = resolveCommand(argv, grammarOf(config))
  if (resolution.kind === 'root' && argv.includes('--version')) return showVersion(config, launch)
  if (wantsHelp(argv, resolution)) return showHelp(config, { resolution, launch })
  switch (resolution.kind) {
    case 'command':
      await config.runCommand(resolution.id, [...resolution.argv])
      return
    case 'root':
    case 'topic':
      return showHelp(config, { resolution, launch })
    case 'split':
      throw splitFailure(resolution)
    case 'unknown':
      throw unknownFailure(resolution.words, config)
  }
}

function grammarOf(config: Config): Grammar {
  const flags = config.commands.flatMap((command) => Object.values(command.flags))
  const valued = flags.filter((flag) => flag.type === 'option')
  return {
    commands: new Set(config.commandIDs),
    topics: new Set(config.topics.map((topic) => topic.name)),
    valued: new Set(valued.flatMap((flag) => [`--${flag.name}`, ...(flag.char ? [`-${flag.char}`] : [])])),
  }
}

function splitFailure(split: { short: string; long: string }): Failure {
  return new Failure(
    'USAGE',
    `this reads as \`iv ${spaced(split.short)}\`, but its words name \`iv ${spaced(split.long)}\``,
    { next: `write the whole name first: iv ${spaced(split.long)}` },
  )
}

function unknownFailure(words: readonly string[], config: Config): Failure {
  const ids = config.commandIDs.map(spaced)
  const near = nearest(words.join(' '), ids)
  return new Failure('USAGE', `there is no command \`iv ${words.join(' ')}\``, {
    next: near === undefined ? 'see `iv --help`' : `did you mean \`iv ${near}\`?`,
  })
}

function spaced(id: string): string {
  return id.replaceAll(':', ' ')
}
