import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { clusterFlags, environmentFlags, regionFlags } from '../src/command/flags.ts'
import { reviewFlags, reviewWriter } from '../src/command/review-flags.ts'
import { gateNames } from '../src/gate/names.ts'
import { gateJunit } from '../src/report/gate-junit.ts'
import { gateMarkdown, gateWriter } from '../src/report/gate.ts'
import { given } from '../src/spec/given.ts'

export default class Gate extends BaseCommand {
  static override summary = 'Ask every gate whether a change may go on: one row each, one exit code.'
  static override description =
    `Gates: ${gateNames.join(', ')}. Each says allow, deny, defer or unknown, and why. A deny exits 5. Unknown is never a yes: it exits 17, as defer does, for every gate that the environment demands (gates.mustAllow in iv.yaml). Changes nothing; only drift needs a cluster, and compares it with the specification before the change.`
  static override examples = [
    '<%= config.bin %> gate --against origin/main',
    '<%= config.bin %> gate --env production --against origin/main --format markdown',
    '<%= config.bin %> gate --only policy --accept IV-POLICY-101 --reason "us-west is empty since May"',
  ]
  static override exits = ['POLICY', 'NOT_FOUND', 'UNKNOWN'] as const
  static override flags = {
    ...environmentFlags,
    ...regionFlags,
    ...clusterFlags,
    ...reviewFlags,
    only: Flags.string({
      summary: 'A gate to ask. Repeatable.',
      helpValue: 'GATE',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      default: [],
    }),
    'max-monthly': Flags.integer({ summary: 'Most that it may cost a month.', helpValue: 'USD', min: 1 }),
    'max-increase': Flags.integer({ summary: 'Most that the change may add.', helpValue: 'PERCENT', min: 0 }),
    accept: Flags.string({
      summary: 'A policy whose findings are accepted. Repeatable; needs --reason.',
      helpValue: 'RULE',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      default: [],
    }),
    reason: Flags.string({ summary: 'Why they are accepted.', helpValue: 'TEXT' }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Gate)
    const {
      region: regions,
      only,
      against: reference,
      out: folder,
      kubeconfig,
      context,
      accept,
      reason,
    } = flags
    const limits = { maxMonthlyUsd: flags['max-monthly'], maxIncreasePercent: flags['max-increase'] }
    const input = {
      regions,
      only,
      reference,
      folder,
      accept,
      reason,
      ...limits,
      access: { kubeconfig, context },
    }
    const writer = reviewWriter(gateWriter, flags.format, { markdown: gateMarkdown, junit: gateJunit })
    await this.conclude(writer, async (c) => {
      const [{ gate }, { withClusters }] = await Promise.all([
        import('../src/gate/gate.ts'),
        import('../src/diff/with-clusters.ts'),
      ])
      return gate({ ...given(flags), ...input }, withClusters(c))
    })
  }
}
