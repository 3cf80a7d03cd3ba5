import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { simulateFlags } from '../../src/command/simulate-flags.ts'
import { simulateWriter } from '../../src/report/simulate.ts'
import { given } from '../../src/spec/given.ts'

export default class Simulate extends BaseCommand {
  static override summary = 'Run a load or chaos scenario in virtual time, and judge it.'
  static override description =
    'Everything is simulated and nothing is touched. The same seed gives the same run, event by event. A criterion with too few samples is unknown, never passed. Scenarios come with iv (peak_load_1000, asr_failure_recovery, region_failover …), from scenarios/ of the project, or by path. Exits 13 where a criterion or a check is missed, 17 where one is unknown.'
  static override examples = [
    '<%= config.bin %> simulate peak_load_1000',
    '<%= config.bin %> simulate region_failover --seeds 30 --html failover.html',
    '<%= config.bin %> simulate asr_failure_recovery --compare literal,seed',
    '<%= config.bin %> simulate peak_load_1000 --set simulate.loadPercent=200 --set simulate.calendarLeadSeconds=600',
  ]
  static override exits = ['OPERATION', 'NOT_FOUND', 'MISSED', 'UNKNOWN'] as const
  static override args = {
    SCENARIO: Args.string({ required: true, description: 'The name of a scenario, or the path of a file.' }),
  }
  static override flags = {
    ...environmentFlags,
    ...simulateFlags,
    seed: Flags.integer({
      summary: 'The seed of the run.',
      helpValue: 'N',
      min: 1,
      default: 1,
      exclusive: ['seeds'],
    }),
    seeds: Flags.integer({
      summary: 'Run the seeds 1 to N, and show the worst.',
      helpValue: 'N',
      min: 1,
      max: 10_000,
    }),
    compare: Flags.string({
      summary:
        'Two presets or files side by side, such as literal,seed, with the rules that explain the difference.',
      helpValue: 'A,B',
    }),
    html: Flags.string({
      summary: 'Write the run to this file too, as a page with plots.',
      helpValue: 'FILE',
      parse: (input) => Promise.resolve(resolve(input)),
    }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Simulate)
    const { seed, seeds, compare, html } = flags
    await this.conclude(simulateWriter, async (c) => {
      const { simulate } = await import('../../src/simulate/simulate.ts')
      return simulate({ ...given(flags), scenario: args.SCENARIO, seed, seeds, compare, html }, c)
    })
  }
}
