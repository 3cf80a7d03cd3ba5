import { BaseCommand } from '../src/command/base.ts'
import { clusterFlags, environmentFlags, planFlags, regionFlags } from '../src/command/flags.ts'
import type { Outcome } from '../src/exit-codes.ts'
import { doctorWriter } from '../src/doctor/result.ts'

export default class Doctor extends BaseCommand {
  static override summary = 'Check everything that the other commands need.'
  static override description =
    'Node, disk, external programs, Go where something must be built, the specification, ports of the sandbox, the state backend, and for each region whether its cluster is reached, its version, missing kinds and the clock. Changes nothing. Exits 3 when access is denied, 4 when another check fails.'
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --env production --region us-east',
  ]
  static override flags = { ...environmentFlags, ...regionFlags, ...clusterFlags, ...planFlags }
  static override exits: readonly Outcome[] = ['AUTH', 'OPERATION', 'NOT_FOUND']

  override async run(): Promise<void> {
    const { flags } = await this.parse(Doctor)
    await this.conclude(doctorWriter, async (c) => {
      const { doctor } = await import('../src/doctor/doctor.ts')
      const { kubeconfig, context, without } = flags
      const planned = { without, kubeVersion: flags['kube-version'] }
      const regions = flags.region ?? []
      return doctor(
        { environment: flags.env, file: flags.config, regions, flags: { kubeconfig, context }, ...planned },
        c,
      )
    })
  }
}
