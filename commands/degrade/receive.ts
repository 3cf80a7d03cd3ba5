import { Flags } from '@oclif/core'
import { BaseCommand } from '../../src/command/base.ts'
import { clusterFlags } from '../../src/command/flags.ts'
import { receptionWriter } from '../../src/report/reception.ts'

export default class DegradeReceive extends BaseCommand {
  static override summary = 'Listen for alerts and move the automatic degradation level.'
  static override description =
    'Runs inside a cluster, as the Deployment degradation-receiver. Alertmanager posts to /alerts; /healthz says that it listens. Ends at SIGTERM.'
  static override examples = ['<%= config.bin %> degrade receive --namespace interview-application']
  static override exits = ['AUTH', 'OPERATION'] as const
  static override flags = {
    namespace: Flags.string({ summary: 'Namespace of the flags.', helpValue: 'NAME', required: true }),
    port: Flags.integer({
      summary: 'Port to listen on.',
      helpValue: 'N',
      default: 8096,
      min: 0,
      max: 65_535,
    }),
    // Its current context is used.
    kubeconfig: clusterFlags.kubeconfig,
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(DegradeReceive)
    await this.conclude(receptionWriter, async (c) => {
      const { receive } = await import('../../src/degrade/receive.ts')
      return receive(flags, c)
    })
  }
}
