import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { sandboxParts } from '../../src/sandbox/autoscaling/ports.ts'
import { localWriter } from '../../src/sandbox/writer.ts'

export default class LocalUp extends BaseCommand {
  static override summary = 'Bring the sandbox up: a real control plane per region, with simulated nodes.'
  static override description =
    'Starts etcd and, per region, kube-apiserver, kube-controller-manager, kube-scheduler and kwok on this machine, makes the nodes and the custom kinds of the plan, and returns when all of them are ready. The processes go on running. Safe to run again: what runs stays, what crashed is started, what changed is replaced.'
  static override examples = [
    '<%= config.bin %> local up',
    '<%= config.bin %> local up --regions us-east,us-west --time-scale 600',
    '<%= config.bin %> local up --regions us-east --with autoscaling',
  ]
  static override exits = ['OPERATION', 'NOT_FOUND'] as const
  static override flags = {
    regions: Flags.string({
      summary: 'The regions to bring up, or `all`. Repeat it or separate names with commas.',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      default: ['all'],
    }),
    'time-scale': Flags.integer({
      summary: "Divides the specification's start-up times; what the sandbox has, or 60 for a new one.",
      helpValue: 'N',
      min: 1,
      env: 'IV_TIME_SCALE',
    }),
    with: Flags.option({
      summary: 'Also real programs that scale pods and nodes: Prometheus, KEDA and Karpenter.',
      options: sandboxParts,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    })(),
    crds: Flags.string({
      summary: 'Folder with the definitions of custom kinds, one subfolder per component.',
      helpValue: 'DIR',
      env: 'IV_CRDS',
    }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(LocalUp)
    await this.conclude(localWriter, async (c) => {
      const [{ loadPlatform }, { selectRegions }, { localUp }] = await Promise.all([
        import('../../src/spec/load.ts'),
        import('../../src/spec/regions.ts'),
        import('../../src/sandbox/up.ts'),
      ])
      const file = flags.config === undefined ? {} : { file: flags.config }
      const platform = await loadPlatform({ ...file, environment: 'local' }, c)
      const regions = selectRegions(platform, flags.regions)
      const { crds, 'time-scale': timeScale, with: parts = [] } = flags
      return localUp({ platform, regions, timeScale, crds, with: parts }, c)
    })
  }
}
