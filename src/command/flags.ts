import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { Failure } from '../failure.ts'
import { Duration } from '../units/duration.ts'
import { formats } from './formats.ts'

const globalGroup = 'GLOBAL'

/** `90s`, `15m`, `2h`. A value that does not parse completely is an error, never a shorter value. */
export const durationFlag = Flags.custom<Duration>({
  helpValue: 'DURATION',
  parse: (input) => {
    const duration = Duration.parse(input)
    if (duration) return Promise.resolve(duration)
    return Promise.reject(
      new Failure('USAGE', `${input} is not a duration`, {
        next: 'write a number and ms, s, m, h or d: 90s',
      }),
    )
  },
})

export const logLevels = ['debug', 'info', 'warning', 'error'] as const

/** On every command. Every flag with a value has its environment variable: `IV_` and the flag's name. */
export const baseFlags = {
  json: Flags.boolean({
    summary: 'Print one JSON document; the same as --output json.',
    helpGroup: globalGroup,
    exclusive: ['output'],
  }),
  output: Flags.option({
    char: 'o',
    summary: 'How the result is printed.',
    options: formats,
    env: 'IV_OUTPUT',
    helpGroup: globalGroup,
  })(),
  timeout: durationFlag({
    summary: 'Stop, unwind and exit 9 after this long, such as 90s, 15m or 2h.',
    env: 'IV_TIMEOUT',
    helpGroup: globalGroup,
  }),
  'no-tui': Flags.boolean({ summary: 'Plain lines instead of the live view.', helpGroup: globalGroup }),
  'no-color': Flags.boolean({ summary: 'No colours.', helpGroup: globalGroup }),
  'log-level': Flags.option({
    summary: 'Least important message that is shown.',
    options: logLevels,
    default: 'info',
    env: 'IV_LOG_LEVEL',
    helpGroup: globalGroup,
  })(),
  config: Flags.string({
    char: 'c',
    summary: 'The specification; without it the nearest iv.yaml upwards.',
    helpValue: 'FILE',
    env: 'IV_CONFIG',
    helpGroup: globalGroup,
    parse: (input) => Promise.resolve(resolve(input)),
  }),
}

export const environmentFlags = {
  env: Flags.string({
    char: 'e',
    summary: 'The environment; `local` reaches only the sandbox.',
    helpValue: 'NAME',
    default: 'local',
    env: 'IV_ENV',
  }),
}

/** What is said over the specification on the command line, where it is only read. */
export const specificationFlags = {
  set: Flags.string({
    summary: 'Set a value over file and variables. Repeatable.',
    helpValue: 'PATH=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'allow-local-state': Flags.boolean({ summary: 'A file backend outside `local` is meant.' }),
}

export const regionFlags = {
  region: Flags.string({
    char: 'r',
    summary: 'A region, or `all`. Repeat it or separate names with commas; also from IV_REGION.',
    helpValue: 'NAME',
    multiple: true,
    // Otherwise `-r us-east report` would swallow the word after the value.
    multipleNonGreedy: true,
    delimiter: ',',
    // A repeatable flag filled through `env` arrives as one plain string.
    default: () => Promise.resolve(listFrom(process.env['IV_REGION'])),
    noCacheDefault: true,
  }),
}

/** What a plan is made for, where the cluster is not what the specification says. */
export const planFlags = {
  without: Flags.string({
    summary: 'Leave out what needs this component, such as keda. Repeat it or separate names with commas.',
    helpValue: 'COMPONENT',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    default: () => Promise.resolve(listFrom(process.env['IV_WITHOUT'])),
    noCacheDefault: true,
  }),
  'kube-version': Flags.string({
    summary: 'Plan for this version of Kubernetes, such as 1.34, instead of what the specification says.',
    helpValue: 'VERSION',
    env: 'IV_KUBE_VERSION',
  }),
}

export const clusterFlags = {
  kubeconfig: Flags.string({
    summary: 'The kubeconfig file; KUBECONFIG or the usual place without it.',
    helpValue: 'FILE',
    env: 'IV_KUBECONFIG',
    parse: (input) => Promise.resolve(resolve(input)),
  }),
  context: Flags.string({
    summary: 'The kubeconfig context, instead of the one that the specification names.',
    helpValue: 'NAME',
    env: 'IV_CONTEXT',
  }),
}

/** No environment variable on purpose: a yes is given per command, never once for a whole shell. */
export const confirmFlags = {
  yes: Flags.boolean({ char: 'y', summary: 'Answer yes to questions about changes. Never to destroying.' }),
}

export const destroyFlags = {
  ...confirmFlags,
  confirm: Flags.string({
    summary: 'Confirm the destruction of what has exactly this name. Repeatable.',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  }),
}

function listFrom(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
