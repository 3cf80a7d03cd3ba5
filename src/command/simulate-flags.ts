import { Flags } from '@oclif/core'

/** What is said over specification, scenario and model. */
export const simulateFlags = {
  set: Flags.string({
    summary:
      'Set a value of the specification, scenario.PATH of the scenario, simulate.NAME of the model or capacity.NAME. Repeatable.',
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
}
