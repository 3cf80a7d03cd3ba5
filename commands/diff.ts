import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { clusterFlags, environmentFlags, regionFlags, specificationFlags } from '../src/command/flags.ts'
import { reviewFlags, reviewWriter } from '../src/command/review-flags.ts'
import { diffJunit } from '../src/report/diff-junit.ts'
import { diffMarkdown } from '../src/report/diff-markdown.ts'
import { defaultMaxBytes, diffWriter } from '../src/report/diff.ts'
import { given } from '../src/spec/given.ts'

export default class Diff extends BaseCommand {
  static override summary = 'Show what the specification changes: its meaning first, then every object.'
  static override description =
    'Against the specification of another commit (HEAD without a flag), against the rendered tree of a commit (--tree), or against the clusters with the defaults that their servers add (--live). Values that look secret are never shown. Changes nothing; only --live needs a cluster.'
  static override examples = [
    '<%= config.bin %> diff --against origin/main',
    '<%= config.bin %> diff --env production --against origin/main --format markdown',
    '<%= config.bin %> diff --env production --region us-east --live --exit-code',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND', 'CHANGES', 'PARTIAL'] as const
  static override flags = {
    ...environmentFlags,
    ...regionFlags,
    ...clusterFlags,
    ...specificationFlags,
    ...reviewFlags,
    tree: Flags.boolean({ summary: 'Compare with the rendered files at that commit.', exclusive: ['live'] }),
    live: Flags.boolean({ summary: 'Compare with the clusters, by an apply that is only tried.' }),
    'exit-code': Flags.boolean({ summary: 'Exit 7 where anything differs.' }),
    'max-bytes': Flags.integer({
      summary: 'Room for the Markdown; objects beyond it are counted.',
      helpValue: 'N',
      default: defaultMaxBytes,
      min: 2000,
      env: 'IV_MAX_BYTES',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Diff)
    const { region: regions, against: reference, live, tree, out: folder, kubeconfig, context } = flags
    const documents = {
      markdown: (data: Parameters<typeof diffJunit>[0]) => diffMarkdown(data, flags['max-bytes']),
      junit: diffJunit,
    }
    await this.conclude(reviewWriter(diffWriter, flags.format, documents), async (c) => {
      const [{ diff }, { withClusters }] = await Promise.all([
        import('../src/diff/diff.ts'),
        import('../src/diff/with-clusters.ts'),
      ])
      const access = { with: 'cluster', access: { kubeconfig, context } } as const
      const files = tree
        ? ({ with: 'tree', folder, reference } as const)
        : ({ with: 'commit', reference } as const)
      const against = live ? access : files
      return diff({ ...given(flags), regions, against, exitCode: flags['exit-code'] }, withClusters(c))
    })
  }
}
