import type { CapacityData } from '../../src/capacity/data.ts'
import type { Collaborators } from '../../src/collaborators.ts'
import { BaseCommand } from '../../src/command/base.ts'
import { capacityFlags } from '../../src/command/capacity-flags.ts'
import { confirmFlags, environmentFlags } from '../../src/command/flags.ts'
import { capacityWriter } from '../../src/report/capacity-plan.ts'
import type { Report } from '../../src/report/report.ts'
import { given } from '../../src/spec/given.ts'

export default class CapacityPlan extends BaseCommand {
  static override summary = 'Plan pools, nodes, storage and cost for expected growth.'
  static override description =
    'From the growth table: what each pool needs by division, with waiting, and with start-up headroom and survival; which limit breaks first; what it costs, as a range; which input matters most. Offline. Each figure names its model and its assumptions; -o wide shows them all. Exits 5 with the shortfall where the plan cannot be met.'
  static override examples = [
    '<%= config.bin %> capacity-plan --horizon y2 --survive region',
    '<%= config.bin %> capacity-plan --at 2026-07 --set capacity.interviewsPerGpuNode=20 -o wide',
    '<%= config.bin %> capacity-plan --growth growth.csv --max-monthly 2000000 --compare none,region',
    '<%= config.bin %> capacity-plan --survive region --html plan.html --csv plan.csv',
    '<%= config.bin %> capacity-plan --horizon y1 --write',
  ]
  static override exits = ['OPERATION', 'POLICY', 'NOT_FOUND'] as const
  static override flags = {
    ...environmentFlags,
    ...confirmFlags,
    ...capacityFlags,
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(CapacityPlan)
    const { horizon, at, peak, survive, growth, prices, compare, html, csv, write } = flags
    const work = async (c: Collaborators): Promise<Report<CapacityData>> => {
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
        html,
        csv,
        write,
        boughtSpeech: flags['bought-speech'],
      }
      return capacityPlan({ ...given(flags), ...wanted, ...budget }, c)
    }
    await this.conclude(capacityWriter, work, { asks: write ? 'change' : undefined })
  }
}
