import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { clusterFlags, environmentFlags, regionFlags } from '../../src/command/flags.ts'
import { snapshotWriter } from '../../src/report/snapshot.ts'
import { given } from '../../src/spec/given.ts'

export default class SnapshotSave extends BaseCommand {
  static override summary = 'Save what regions have and what runs on them, without secrets.'
  static override description =
    'Nodes, pods with their requests and placement rules, disruption budgets and quotas, for planning without the clusters: `iv capacity-plan fit --snapshot FILE`. Reads only; Secrets and ConfigMaps are never asked for, environment, images and annotations stay behind, and nodes are numbered unless --hostnames is given. Without --region it saves all.'
  static override examples = [
    '<%= config.bin %> snapshot save --out snapshot.json',
    '<%= config.bin %> snapshot save --region us-east --out us-east.json --hostnames',
  ]
  static override exits = ['AUTH', 'OPERATION', 'NOT_FOUND'] as const
  static override flags = {
    ...environmentFlags,
    ...regionFlags,
    ...clusterFlags,
    out: Flags.string({
      summary: 'The file; readable by its owner only.',
      helpValue: 'FILE',
      required: true,
      env: 'IV_OUT',
      parse: (input) => Promise.resolve(resolve(input)),
    }),
    hostnames: Flags.boolean({ summary: 'Keep the names of nodes.', default: false }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(SnapshotSave)
    const { region: regions, out, hostnames, kubeconfig, context } = flags
    await this.conclude(snapshotWriter, async (c) => {
      const [{ saveSnapshot }, { connectCluster }] = await Promise.all([
        import('../../src/snapshot/save.ts'),
        import('../../src/cluster/connect.ts'),
      ])
      const input = { ...given(flags), regions, out, hostnames, kubeconfig, context }
      return saveSnapshot(input, { ...c, connect: connectCluster })
    })
  }
}
