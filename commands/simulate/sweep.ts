import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { simulateFlags } from '../../src/command/simulate-flags.ts'
import { sweepWriter } from '../../src/report/simulate-sweep.ts'
import { given } from '../../src/spec/given.ts'

export default class SimulateSweep extends BaseCommand {
  static override summary = 'Look for the smallest case of a scenario that fails.'
  static override description =
    'Runs every combination of the varied inputs with every seed, the smallest first, in threads, and stops at the first that fails. Between the values that were tried it then looks for a smaller one. Prints the one command that replays what it found, and exits 13; the answer does not depend on the number of threads.'
  static override examples = [
    '<%= config.bin %> simulate sweep peak_load_1000 --vary simulate.loadPercent=50..200 --only session-failures',
    '<%= config.bin %> simulate sweep asr_failure_recovery --vary scenario.faults.0.percent=10..90:20 --seeds 5',
  ]
  static override exits = ['NOT_FOUND', 'MISSED'] as const
  static override args = {
    SCENARIO: Args.string({ required: true, description: 'The name of a scenario, or the path of a file.' }),
  }
  static override flags = {
    ...environmentFlags,
    ...simulateFlags,
    vary: Flags.string({
      summary: 'An input and its values: KEY=1,2,5 or KEY=100..2000 or KEY=100..2000:100. Repeatable.',
      helpValue: 'KEY=VALUES',
      multiple: true,
      multipleNonGreedy: true,
      default: [],
    }),
    seeds: Flags.integer({
      summary: 'Seeds of each case: 1 to N.',
      helpValue: 'N',
      min: 1,
      max: 10_000,
      default: 1,
    }),
    workers: Flags.integer({ summary: 'Threads.', helpValue: 'N', min: 1, max: 64, default: 2 }),
    only: Flags.string({
      summary: 'A metric or check that counts; all of them without it. Repeatable.',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      default: [],
    }),
  }

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(SimulateSweep)
    const { vary, seeds, workers, only } = flags
    await this.conclude(sweepWriter, async (c) => {
      const { sweep } = await import('../../src/simulate/sweep/sweep.ts')
      return sweep({ load: { ...given(flags), scenario: args.SCENARIO }, vary, seeds, workers, only }, c)
    })
  }
}
