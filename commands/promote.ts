import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { clusterFlags, confirmFlags, durationFlag, environmentFlags } from '../src/command/flags.ts'
import { promoteWriter } from '../src/report/promote.ts'

export default class Promote extends BaseCommand {
  static override summary = 'Commit the rendered tree of the next region, once its gates let it go on.'
  static override description =
    'For environments that a GitOps controller delivers. The place promoted from must have the specification in its tree, for as long as gitops.bake says; then the gates of the next place are asked, and its tree is rendered and committed, nothing else. A place is a region of --env, `environment/region`, or an environment. Does not push.'
  static override examples = [
    '<%= config.bin %> promote --env production --from us-west --to us-east',
    '<%= config.bin %> promote --env production --from staging --to us-west --wait --yes',
  ]
  static override exits = ['OPERATION', 'POLICY', 'NOT_FOUND', 'REFUSED', 'UNKNOWN'] as const
  static override flags = {
    ...environmentFlags,
    ...clusterFlags,
    ...confirmFlags,
    from: Flags.string({ summary: 'The place that has it.', helpValue: 'PLACE', required: true }),
    to: Flags.string({ summary: 'The place that gets it.', helpValue: 'PLACE', required: true }),
    bake: durationFlag({ summary: 'How long the first must have run with it; gitops.bake without it.' }),
    wait: Flags.boolean({ summary: 'Wait until it has, instead of exiting 17.' }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Promote)
    const { config: file, env: environment, from, to, bake, wait, kubeconfig, context } = flags
    await this.conclude(
      promoteWriter,
      async (c) => {
        const [{ promote }, { withClusters }] = await Promise.all([
          import('../src/promote/promote.ts'),
          import('../src/diff/with-clusters.ts'),
        ])
        const access = { kubeconfig, context }
        return promote({ file, environment, from, to, bake, wait, access }, withClusters(c))
      },
      { asks: 'change' },
    )
  }
}
