import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { environmentFlags } from '../../src/command/flags.ts'
import { surviveModes } from '../../src/capacity/survive.ts'
import { capacityWriter } from '../../src/report/capacity-plan.ts'
import { given } from '../../src/spec/given.ts'

const file = Flags.custom<string>({ helpValue: 'FILE', parse: (input) => Promise.resolve(resolve(input)) })
const amount = Flags.custom<number>({
  helpValue: 'N',
  parse: async (input) => {
    const { readAmountFlag } = await import('../../src/capacity/amount.ts')
    return readAmountFlag(input)
  },
})
const one = ['horizon', 'at', 'peak']

export default class CapacityPlan extends BaseCommand {
  static override summary = 'Plan pools, nodes, storage and cost for expected growth.'
  static override description =
    'From the growth table: what each pool needs by division, with waiting, and with start-up headroom and survival; which limit breaks first; what it costs, as a range; which input matters most. Offline. Each figure names its model and its assumptions; -o wide shows them all. Exits 5 with the shortfall where the plan cannot be met.'
  static override examples = [
    '<%= config.bin %> capacity-plan --horizon y2 --survive region',
    '<%= config.bin %> capacity-plan --at 2026-07 --set capacity.interviewsPerGpuNode=20 -o wide',
    '<%= config.bin %> capacity-plan --growth growth.csv --max-monthly 2000000 --compare none,region',
  ]
  static override exits = ['POLICY', 'NOT_FOUND'] as const
  static override flags = {
    ...environmentFlags,
    horizon: Flags.string({
      summary: 'One row of the growth table; every row without it.',
      helpValue: 'ROW',
      exclusive: ['at', 'peak'],
    }),
    at: Flags.string({
      summary: 'A date between two rows, such as 2026-07.',
      helpValue: 'DATE',
      exclusive: ['horizon', 'peak'],
    }),
    peak: Flags.integer({
      summary: 'A number of concurrent interviews.',
      helpValue: 'N',
      min: 1,
      max: 1_000_000_000,
      exclusive: one.slice(0, 2),
    }),
    survive: Flags.option({
      summary: 'The loss after which demand is still served.',
      options: surviveModes,
      default: 'none' as const,
    })(),
    growth: file({ summary: 'A growth table of your own, CSV or YAML.' }),
    prices: file({ summary: 'A price book of your own.' }),
    set: Flags.string({
      summary: 'Set a value of the specification, or capacity.NAME of the model. Repeatable.',
      helpValue: 'KEY=VALUE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'bought-speech': Flags.boolean({ summary: 'Price ASR and TTS as bought by the minute.' }),
    'max-monthly': amount({ summary: 'Exit 5 if the high end of a month costs more.' }),
    'max-increase': amount({ summary: 'Exit 5 if it costs more percent above the first row than this.' }),
    compare: Flags.string({
      summary: 'Two rows or losses side by side, such as y1,y2 or none,region.',
      helpValue: 'A,B',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(CapacityPlan)
    const { horizon, at, peak, survive, growth, prices, compare } = flags
    await this.conclude(capacityWriter, async (c) => {
      const { capacityPlan } = await import('../../src/capacity/capacity-plan.ts')
      const budget = { maxMonthly: flags['max-monthly'], maxIncreasePercent: flags['max-increase'] }
      const wanted = {
        horizon,
        at,
        peak,
        survive,
        growth,
        prices,
        compare,
        boughtSpeech: flags['bought-speech'],
      }
      return capacityPlan({ ...given(flags), ...wanted, ...budget }, c)
    })
  }
}
